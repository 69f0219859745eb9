package io.simplejwt.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a store says of its own schema; failures as they are, for a line of the start's own. */
final class SchemaStore {
  private final Jdbi jdbi;

  SchemaStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The newest migration that the store has had; 0 where it has had none. */
  int newest() {
    return jdbi.withHandle(sql -> hasHistory(sql) ? newestIn(sql) : 0);
  }

  private static boolean hasHistory(Handle sql) {
    return sql.queryMetadata(
            store ->
                store.getTables(
                    null,
                    store.getConnection().getSchema(),
                    Schema.HISTORY,
                    new String[] {"TABLE"}))
        .map((row, context) -> true)
        .findFirst()
        .orElse(false);
  }

  private static int newestIn(Handle sql) {
    return sql.createQuery(
            "SELECT max(CAST(version AS integer)) FROM " + Schema.HISTORY + " WHERE success")
        .mapTo(Integer.class)
        .findOne()
        .orElse(0);
  }

  /** The oldest migration that a release must know to use this store. */
  int floor() {
    return jdbi.withHandle(
        sql ->
            sql.createQuery("SELECT max(migration) FROM schema_floor").mapTo(Integer.class).one());
  }
}
