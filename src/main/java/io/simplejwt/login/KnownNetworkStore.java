package io.simplejwt.login;

import io.simplejwt.login.Guesses.Guess;
import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * The networks that accounts were signed in to from, and their guesses: each moves a time on by its
 * share of an hour, and is refused where that would move it past an hour from now.
 */
@ApplicationScoped
class KnownNetworkStore {
  private static final long HOUR = 3600;
  private static final long SHARE = HOUR / Guesses.OWN;
  private static final int BATCH = 100_000;

  private final Database database;

  KnownNetworkStore(Database database) {
    this.database = database;
  }

  /** Takes one of the network's guesses at this account; false where it has none. */
  boolean take(String digest, ClientNetwork network, Instant now) {
    // More than an hour ahead: written by a clock that was ahead, so it counts for nothing.
    return database.write(
        sql ->
            sql.createUpdate(
                        """
                        UPDATE known_network
                        SET used_until = :share + CASE
                          WHEN used_until > :now AND used_until <= :now + :hour THEN used_until
                          ELSE :now END
                        WHERE email_digest = :digest AND network = :network
                          AND signed_in_at > :oldest
                          AND (used_until <= :now + :hour - :share OR used_until > :now + :hour)
                          AND (SELECT count(*) FROM (
                                 SELECT 1 FROM known_network AS other
                                 WHERE other.network = :network AND other.signed_in_at > :oldest
                                 LIMIT :sharing + 1) AS others) <= :sharing""")
                    .bind("share", SHARE)
                    .bind("hour", HOUR)
                    .bind("now", now.getEpochSecond())
                    .bind("oldest", now.minus(Guesses.MEMORY).getEpochSecond())
                    .bind("digest", digest)
                    .bind("network", network.text())
                    .bind("sharing", Guesses.MOST_SHARING)
                    .execute()
                == 1);
  }

  /** The account was signed in to; the guess comes back where it was one of the network's own. */
  void know(Guess guess, String account, Instant now) {
    database.write(
        sql -> {
          int known =
              sql.createUpdate(
                      """
                      UPDATE known_network
                      SET signed_in_at = :now, used_until = used_until - :back
                      WHERE email_digest = :digest AND network = :network""")
                  .bind("now", now.getEpochSecond())
                  .bind("back", guess.failures().isPresent() ? 0 : SHARE)
                  .bind("digest", guess.digest())
                  .bind("network", guess.network().text())
                  .execute();
          if (known == 0) {
            insert(sql, guess, account, now);
          }
          return null;
        });
  }

  private static void insert(Handle sql, Guess guess, String account, Instant now) {
    sql.createUpdate(
            """
            INSERT INTO known_network (email_digest, network, account_id, signed_in_at, used_until)
            VALUES (:digest, :network, :account, :now, 0)
            ON CONFLICT (email_digest, network) DO NOTHING""")
        .bind("digest", guess.digest())
        .bind("network", guess.network().text())
        .bind("account", account)
        .bind("now", now.getEpochSecond())
        .execute();
    sql.createUpdate(
            """
            DELETE FROM known_network WHERE email_digest = :digest AND network IN
              (SELECT network FROM known_network WHERE email_digest = :digest
               ORDER BY signed_in_at DESC, network LIMIT :batch OFFSET :most)""")
        .bind("digest", guess.digest())
        .bind("batch", BATCH)
        .bind("most", Guesses.MOST_NETWORKS)
        .execute();
  }

  /** Gives the account's networks all their guesses back. */
  void forgive(String digest) {
    database.write(
        sql ->
            sql.createUpdate("UPDATE known_network SET used_until = 0 WHERE email_digest = :digest")
                .bind("digest", digest)
                .execute());
  }

  /** Deletes those not signed in from since; tells how many. */
  int forget(Instant oldest) {
    return database.write(
        sql ->
            sql.createUpdate("DELETE FROM known_network WHERE signed_in_at < :oldest")
                .bind("oldest", oldest.getEpochSecond())
                .execute());
  }
}
