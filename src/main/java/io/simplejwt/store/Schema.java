package io.simplejwt.store;

import io.quarkus.runtime.StartupEvent;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.DatabaseAddress;
import io.simplejwt.setting.OwnerOnly;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Brings the store to this release's schema at start, or refuses the store.
 *
 * <p>A schema newer than this release is accepted as long as it only added (the old colour of a
 * deploy must be able to restart); a migration that took something away records, in {@code
 * schema_floor}, the oldest migration that a release must know to use the store.
 */
@ApplicationScoped
public class Schema {
  /** For observers of the start that need the store. */
  public static final int READY = 100;

  static final String EMBEDDED = "accounts.db";
  static final String HISTORY = "flyway_schema_history";

  /** The last of the migrations in {@code db/migration}. Asking Flyway instead takes 100 ms. */
  static final int NEWEST = 6;

  private static final Logger LOG = Logger.getLogger(Schema.class);

  private final Database database;
  private DirectoryLock lock;

  Schema(Database database) {
    this.database = database;
  }

  void migrate(
      @Observes @Priority(READY - 1) StartupEvent start, DataConfig data, DatabaseConfig postgres) {
    if (postgres.url().isPresent()) {
      requirePostgres(postgres.url().get());
      bringPostgres(database.source(), database.jdbi());
    } else {
      lock = makePlace(data.dir());
      bringEmbedded(database.source(), database.jdbi());
    }
  }

  /**
   * For a start anew in the same process, as live coding has it; a process that ends needs none.
   */
  @PreDestroy
  void release() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

  static void bringPostgres(DataSource source, Jdbi jdbi) {
    bring(
        source,
        jdbi,
        "DATABASE_URL",
        "check the address, DATABASE_USERNAME and DATABASE_PASSWORD, and that the server runs");
  }

  static void bringEmbedded(DataSource source, Jdbi jdbi) {
    bring(
        source,
        jdbi,
        "DATA_DIR",
        "it must be a directory that this user can write, with room on the disk");
  }

  /** Never repeats the address: who writes a password into it shall not find it in a log. */
  static void requirePostgres(String url) {
    if (!DatabaseAddress.isGood(url)) {
      throw new BadSetting(
          "DATABASE_URL",
          "is not a PostgreSQL address, or carries a user or a password",
          "use the form jdbc:postgresql://host:5432/database, with DATABASE_USERNAME and"
              + " DATABASE_PASSWORD beside it");
    }
  }

  private static DirectoryLock makePlace(String name) {
    if (name.contains("?")) { // what follows would be read as options of the database
      throw new BadSetting("DATA_DIR", "contains a question mark", "use a plain path");
    }
    try {
      Path directory = Path.of(name);
      OwnerOnly.makeDirectory(directory);
      DirectoryLock lock = DirectoryLock.take(directory);
      // Also where the directory was there, for all to read. SQLite's other files take its rights.
      OwnerOnly.makeFile(directory.resolve(EMBEDDED));
      return lock;
    } catch (IOException | InvalidPathException e) {
      throw new BadSetting(
          "DATA_DIR",
          "cannot be made or written (" + name + ")",
          "use a directory that this user can write");
    }
  }

  private static void bring(DataSource source, Jdbi jdbi, String variable, String remedy) {
    SchemaStore store = new SchemaStore(jdbi);
    try {
      if (store.newest() < NEWEST) {
        migrate(source);
      }
      int floor = store.floor();
      if (floor > NEWEST) {
        throw new BadSetting(
            variable,
            "names a store that needs schema " + floor + ", this release knows " + NEWEST,
            "start a newer release");
      }
    } catch (FlywayException | JdbiException e) {
      LOG.debug("The store was refused", e);
      throw new BadSetting(
          variable, "names a store that does not open (" + firstLine(e) + ")", remedy);
    }
  }

  private static void migrate(DataSource source) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .table(HISTORY)
        .ignoreMigrationPatterns("*:future") // of a newer release, since this one was asked
        .load()
        .migrate();
  }

  static String firstLine(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.lines().findFirst().orElse(root.toString());
  }
}
