package io.simplejwt.store;

import jakarta.enterprise.context.ApplicationScoped;

/** What the store says of its own schema. */
@ApplicationScoped
class SchemaStore {
  private final Database database;

  SchemaStore(Database database) {
    this.database = database;
  }

  /** The oldest migration that a release must know to use this store. */
  int floor() {
    return database.query(
        sql ->
            sql.createQuery("SELECT max(migration) FROM schema_floor").mapTo(Integer.class).one());
  }
}
