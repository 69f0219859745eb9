package io.simplejwt.store;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Moves everything from the embedded store to a PostgreSQL that has nothing yet: accounts and their
 * roles, sessions with their refresh tokens, keys, the audit and its counts.
 *
 * <p>Table by table and column by column as the source lists them, in one transaction: all of it is
 * there, or nothing. No service may run on the source, and none can be started there meanwhile. The
 * source stays as it is.
 */
public final class Move {
  private static final int BATCH = 1000;

  private Move() {}

  /** The rows of each table that were moved. */
  public static Map<String, Long> run(CommandStores stores) {
    DataSource into = stores.postgres();
    DataSource from = Drivers.embedded(stores.existing());
    try {
      DirectoryLock lock = DirectoryLock.take(stores.directory());
      try {
        return move(from, into);
      } finally {
        lock.close();
      }
    } catch (IOException | SQLException | JdbiException e) {
      throw new CommandRefused("nothing was moved", e);
    }
  }

  private static Map<String, Long> move(DataSource from, DataSource into) throws SQLException {
    Jdbi sources = Jdbi.create(from);
    Jdbi targets = Jdbi.create(into);
    Schema.bringEmbedded(from, sources);
    requireNoNewer(sources);
    Schema.bringPostgres(into, targets);
    return sources.inTransaction(
        source -> targets.inTransaction(target -> copyAll(source, target)));
  }

  /** A newer release may only have added, but what it added would have no place in the target. */
  private static void requireNoNewer(Jdbi from) {
    int schema = new SchemaStore(from).newest();
    if (schema > Schema.NEWEST) {
      throw new CommandRefused(
          "the store has schema "
              + schema
              + ", this release knows "
              + Schema.NEWEST
              + ": use the release that it is of");
    }
  }

  private static Map<String, Long> copyAll(Handle source, Handle target) throws SQLException {
    List<String> tables = StoreTables.of(source);
    requireUnused(source, target, tables);
    Map<String, Long> moved = new LinkedHashMap<>();
    for (String table : tables) {
      moved.put(table, copy(source, target, table));
    }
    return moved;
  }

  private static void requireUnused(Handle source, Handle target, List<String> tables) {
    String used =
        tables.stream()
            .filter(table -> !StoreTables.isSeeded(source, table))
            .filter(table -> StoreTables.count(target, table) > 0)
            .collect(Collectors.joining(", "));
    if (!used.isEmpty()) {
      throw new CommandRefused(
          "DATABASE_URL names a store that is in use, it has rows in "
              + used
              + ": name an empty database");
    }
  }

  private static long copy(Handle source, Handle target, String table) throws SQLException {
    if (StoreTables.isSeeded(source, table)) {
      target.execute("DELETE FROM " + table);
    }
    List<String> columns = StoreTables.columns(source, table);
    String names = String.join(", ", columns);
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    try (Statement read = source.getConnection().createStatement();
        ResultSet rows = read.executeQuery("SELECT " + names + " FROM " + table);
        PreparedStatement write =
            target
                .getConnection()
                .prepareStatement(
                    "INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")")) {
      copy(rows, write, columns.size());
    }
    long there = StoreTables.count(source, table);
    long here = StoreTables.count(target, table);
    if (here != there) {
      throw new CommandRefused(
          "nothing was moved: of " + there + " rows of " + table + " came " + here);
    }
    return here;
  }

  private static void copy(ResultSet rows, PreparedStatement write, int columns)
      throws SQLException {
    int waiting = 0;
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        write.setObject(i, rows.getObject(i));
      }
      write.addBatch();
      if (++waiting % BATCH == 0) {
        write.executeBatch();
      }
    }
    write.executeBatch();
  }
}
