package io.simplejwt.store;

import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** What the store says of its own schema. */
@ApplicationScoped
class SchemaStore {
  private final Database database;

  SchemaStore(Database database) {
    this.database = database;
  }

  /** The newest migration that the store has had; 0 where it has had none. */
  int newest() {
    return database.queryAtStart(sql -> hasHistory(sql) ? newestIn(sql) : 0);
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
    return sql.createQuery("SELECT max(CAST(version AS integer)) FROM <history> WHERE success")
        .define("history", Schema.HISTORY)
        .mapTo(Integer.class)
        .findOne()
        .orElse(0);
  }

  /** The oldest migration that a release must know to use this store. */
  int floor() {
    return database.queryAtStart(
        sql ->
            sql.createQuery("SELECT max(migration) FROM schema_floor").mapTo(Integer.class).one());
  }
}
