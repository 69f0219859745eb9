package io.simplejwt.login;

import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** The counts of {@link Guesses}, which says what they mean. Each statement is whole by itself. */
@ApplicationScoped
class GuessStore {
  private static final int BATCH = 100_000;

  /** Seconds that the next guess has to wait after the last one: 0, 2, 4, 8 and so on. */
  private static final String DELAY =
      """
      (CASE WHEN guess.failures < %1$d THEN 0
            WHEN guess.failures > %1$d + 10 THEN %2$d
            ELSE 2 << (guess.failures - %1$d) END)"""
          .formatted(Guesses.FREE, Guesses.LONGEST_WAIT);

  private static final String COUNT =
      """
      INSERT INTO guess (email_digest, failures, last_at) VALUES (:digest, 1, :now)
      ON CONFLICT (email_digest)
      DO UPDATE SET failures = guess.failures + 1, last_at = :now
      WHERE guess.failures < :most
        AND (guess.failures < :free OR guess.last_at + %s <= :now)
      RETURNING failures"""
          .formatted(DELAY);

  private final Database database;

  GuessStore(Database database) {
    this.database = database;
  }

  /** Counts one more; tells how many that makes, or nothing where it has to wait. */
  OptionalInt count(String digest, Instant now) {
    return database.write(
        sql ->
            sql.createQuery(COUNT)
                .bind("digest", digest)
                .bind("now", now.getEpochSecond())
                .bind("free", Guesses.FREE)
                .bind("most", Guesses.MOST_FAILURES)
                .mapTo(Integer.class)
                .findOne()
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty));
  }

  /** How long until the next one is let in: at most an hour, also where none will be. */
  Duration wait(String digest, Instant now) {
    Optional<Waiting> waiting =
        database.query(
            sql ->
                sql.createQuery(
                        "SELECT failures, last_at, "
                            + DELAY
                            + " AS delay FROM guess WHERE email_digest = :digest")
                    .bind("digest", digest)
                    .map(
                        (row, context) ->
                            new Waiting(
                                row.getInt("failures"),
                                row.getLong("last_at"),
                                row.getLong("delay")))
                    .findOne());
    return waiting.map(found -> found.from(now, () -> believe(digest, now))).orElse(Duration.ZERO);
  }

  /** Another clock was ahead of this one: the last guess was not later than now. */
  private void believe(String digest, Instant now) {
    database.write(
        sql ->
            sql.createUpdate(
                    "UPDATE guess SET last_at = :now WHERE email_digest = :digest AND last_at > :now")
                .bind("now", now.getEpochSecond())
                .bind("digest", digest)
                .execute());
  }

  /** Takes back the failures up to this one. */
  void takeBack(String digest, int failures) {
    database.write(
        sql ->
            sql.createUpdate(
                    """
                    UPDATE guess
                    SET failures = CASE WHEN failures > :up THEN failures - :up ELSE 0 END
                    WHERE email_digest = :digest""")
                .bind("up", failures)
                .bind("digest", digest)
                .execute());
  }

  void forgive(String digest) {
    database.write(
        sql ->
            sql.createUpdate("DELETE FROM guess WHERE email_digest = :digest")
                .bind("digest", digest)
                .execute());
  }

  /** Deletes what is older; tells how many. */
  int forget(Instant oldest) {
    return database.write(
        sql ->
            sql.createUpdate("DELETE FROM guess WHERE last_at < :oldest")
                .bind("oldest", oldest.getEpochSecond())
                .execute());
  }

  /** Deletes counts beyond so many, the lowest and then the oldest ones; tells how many. */
  int keep(int most) {
    return database.write(
        sql ->
            sql.createUpdate(
                    """
                    DELETE FROM guess WHERE email_digest IN
                      (SELECT email_digest FROM guess
                       ORDER BY failures DESC, last_at DESC LIMIT :batch OFFSET :most)""")
                .bind("batch", BATCH)
                .bind("most", most)
                .execute());
  }

  private record Waiting(int failures, long lastAt, long delay) {
    Duration from(Instant now, Runnable believe) {
      if (failures >= Guesses.MOST_FAILURES) {
        return Duration.ofSeconds(Guesses.LONGEST_WAIT);
      }
      long ahead = lastAt - now.getEpochSecond();
      if (ahead > 0) {
        believe.run();
      }
      return Duration.ofSeconds(Math.max(0, delay + Math.min(0, ahead)));
    }
  }
}
