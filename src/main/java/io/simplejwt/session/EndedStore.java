package io.simplejwt.session;

import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.BiConsumer;

/** The ended sessions whose tokens have not expired, as the revocation list reads them. */
@ApplicationScoped
class EndedStore {
  private static final int AT_ONCE = 1000;

  private final Database database;

  EndedStore(Database database) {
    this.database = database;
  }

  /**
   * All of them. There may be a million: row by row, which PostgreSQL's driver does only within a
   * transaction.
   */
  void readAll(Instant now, BiConsumer<String, Instant> reader) {
    database.inTransaction(
        () -> {
          readSince(Instant.EPOCH, now, reader);
          return null;
        });
  }

  /** Those that ended in this second or later, found by that: the plus forbids the other index. */
  void readSince(Instant since, Instant now, BiConsumer<String, Instant> reader) {
    database.query(
        sql -> {
          sql.createQuery(
                  """
                  SELECT id, tokens_expire_at FROM session
                  WHERE ended_at >= :since AND +tokens_expire_at >= :now""")
              .setFetchSize(AT_ONCE)
              .bind("since", since.getEpochSecond())
              .bind("now", now.getEpochSecond())
              .map(
                  (row, context) -> {
                    reader.accept(
                        row.getString("id"),
                        Instant.ofEpochSecond(row.getLong("tokens_expire_at")));
                    return true;
                  })
              .forEach(read -> {});
          return null;
        });
  }
}
