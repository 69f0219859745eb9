package io.simplejwt.store;

import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Copies the embedded store, whether a service runs on it or not.
 *
 * <p>{@code VACUUM INTO} reads one state of the store and keeps no writer waiting meanwhile. The
 * copy gets its name when it is on disk and has been checked: no file of that name is half a copy.
 */
public final class Backup {
  private Backup() {}

  /** The rows of each table in the copy. */
  public static Map<String, Long> make(CommandStores stores, Path target) {
    if (stores.usesPostgres()) {
      throw new BadSetting(
          "DATABASE_URL",
          "is set",
          "copy PostgreSQL by pg_dump, or unset it for the embedded store");
    }
    Path source = stores.existing();
    requireFree(target);
    try {
      Path unfinished =
          Files.createTempFile(target.toAbsolutePath().getParent(), ".backup", ".db"); // 0600
      try {
        copy(source, unfinished);
        OwnerOnly.force(unfinished);
        Map<String, Long> rows = check(unfinished);
        Files.move(unfinished, target);
        OwnerOnly.force(target.toAbsolutePath().getParent());
        return rows;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException | JdbiException e) {
      throw new CommandRefused(target + " was not written", e);
    }
  }

  private static void requireFree(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandRefused(target + " exists, and is not overwritten: name another file");
    }
  }

  private static void copy(Path source, Path target) {
    Jdbi.create(Drivers.embedded(source))
        .useHandle(
            sql ->
                sql.createUpdate("VACUUM INTO :target")
                    .bind("target", target.toString())
                    .execute());
  }

  /** Reads every page of the copy. */
  private static Map<String, Long> check(Path copy) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SQLiteDataSource store = new SQLiteDataSource(config);
    store.setUrl("jdbc:sqlite:" + copy);
    return Jdbi.create(store)
        .withHandle(
            sql -> {
              List<String> faults = faults(sql);
              if (!faults.isEmpty()) {
                throw new CommandRefused("the store is damaged: " + faults.get(0));
              }
              return StoreTables.counts(sql);
            });
  }

  private static List<String> faults(Handle sql) {
    List<String> faults =
        sql.createQuery("PRAGMA integrity_check").mapTo(String.class).list().stream()
            .filter(line -> !line.equals("ok"))
            .toList();
    return faults.isEmpty()
        ? sql.createQuery(
                "SELECT 'a row of ' || \"table\" || ' refers to nothing' FROM pragma_foreign_key_check")
            .mapTo(String.class)
            .list()
        : faults;
  }
}
