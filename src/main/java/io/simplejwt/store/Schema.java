package io.simplejwt.store;

import io.quarkus.arc.InjectableInstance;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.StartupEvent;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.DatabaseAddress;
import io.simplejwt.setting.OwnerOnly;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;

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

  private static final Logger LOG = Logger.getLogger(Schema.class);

  void migrate(
      @Observes @Priority(READY - 1) StartupEvent start,
      DataConfig data,
      DatabaseConfig database,
      @FlywayDataSource("embedded") InjectableInstance<Flyway> embedded,
      @FlywayDataSource("postgres") InjectableInstance<Flyway> postgres,
      SchemaStore schema) {
    if (database.url().isPresent()) {
      requirePostgres(database.url().get());
      bring(
          postgres.get(),
          schema,
          "DATABASE_URL",
          "check the address, DATABASE_USERNAME and DATABASE_PASSWORD, and that the server runs");
    } else {
      makePlace(data.dir());
      bring(
          embedded.get(),
          schema,
          "DATA_DIR",
          "it must be a directory that this user can write, with room on the disk");
    }
  }

  /** Never repeats the address: who writes a password into it shall not find it in a log. */
  private static void requirePostgres(String url) {
    if (!DatabaseAddress.isGood(url)) {
      throw new BadSetting(
          "DATABASE_URL",
          "is not a PostgreSQL address, or carries a user or a password",
          "use the form jdbc:postgresql://host:5432/database, with DATABASE_USERNAME and"
              + " DATABASE_PASSWORD beside it");
    }
  }

  private static void makePlace(String name) {
    if (name.contains("?")) { // what follows would be read as options of the database
      throw new BadSetting("DATA_DIR", "contains a question mark", "use a plain path");
    }
    try {
      Path directory = Path.of(name);
      OwnerOnly.makeDirectory(directory);
      // Also where the directory was there, for all to read. SQLite's other files take its rights.
      OwnerOnly.makeFile(directory.resolve("accounts.db"));
    } catch (IOException | InvalidPathException e) {
      throw new BadSetting(
          "DATA_DIR",
          "cannot be made or written (" + name + ")",
          "use a directory that this user can write");
    }
  }

  private static void bring(Flyway flyway, SchemaStore schema, String variable, String remedy) {
    try {
      flyway.migrate();
      int known = newestKnown(flyway);
      int floor = schema.floor();
      if (floor > known) {
        throw new BadSetting(
            variable,
            "names a store that needs schema " + floor + ", this release knows " + known,
            "start a newer release");
      }
    } catch (FlywayException | ProblemException e) {
      LOG.debug("The store was refused", e);
      throw new BadSetting(
          variable, "names a store that does not open (" + firstLine(e) + ")", remedy);
    }
  }

  private static int newestKnown(Flyway flyway) {
    int newest = 0;
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getVersion() != null && migration.getState().isResolved()) {
        newest = Math.max(newest, migration.getVersion().getMajor().intValue());
      }
    }
    return newest;
  }

  private static String firstLine(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
