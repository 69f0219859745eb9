package io.simplejwt.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * An SQLite file beside the accounts', and never theirs.
 *
 * <p>Each call has a connection of its own, which costs a millisecond, so that nothing that a
 * statement set, locked or made for itself lives on. Readers open the file read-only, which unlike
 * {@code pragma query_only} no statement can undo. No connection may attach another file (that
 * stops {@code VACUUM INTO} too) or load an extension. PRAGMA is refused altogether: some take
 * effect while they are compiled, and some on the whole process. The schema is to be seen by {@code
 * select * from pragma_table_info('…')}, which has no effects. Statements are prepared, never
 * executed as a text: only then the driver does not understand {@code backup to} and {@code restore
 * from}, which are its own.
 *
 * <p>SQLite in this process has no limit of memory: the limits below keep one statement to some 64
 * MiB. What does not fit into its cache, a sort for instance, goes to temporary files; functions
 * that keep every row's value in memory are taken away.
 */
final class SqliteDatabase implements QueryDatabase {
  private static final int LONGEST_VALUE = 256 * 1024;
  private static final int COLUMNS = 256;
  private static final int PAGES = 256 * 1024; // of 4 KiB: accounts share the disk
  private static final int BUSY_MILLIS = 2000; // an interrupt does not end this wait

  /** Beside the driver's UTF-16: for texts of both, as those are that it takes the place of. */
  private static final int UTF8 = 1;

  /** How many values each of them takes. */
  private static final Map<String, Integer> HOARDERS =
      Map.of(
          "median", 1,
          "mode", 1,
          "lower_quartile", 1,
          "upper_quartile", 1,
          "percentile", 2,
          "percentile_cont", 2,
          "percentile_disc", 2);

  private final Path file;
  private final QueryConfig limits;

  SqliteDatabase(Path file, QueryConfig limits) {
    this.file = file;
    this.limits = limits;
  }

  /** Makes the file, for the service's user only. */
  @Override
  public void start() {
    try {
      OwnerOnly.makeFile(file);
      open(Access.WRITE).close();
    } catch (IOException | SQLException e) {
      throw new BadSetting(
          "DATA_DIR",
          "has no place for query.db (" + e.getMessage() + ")",
          "use a directory that this user can write, with room on the disk");
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  /** They run in this process: a core stays for everything else. */
  @Override
  public int places() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  @Override
  public Outcome run(Command command, Access access, Watch watch) throws SQLException {
    refuseWhatIsNeverRun(command.sql());
    try (SQLiteConnection connection = open(access)) {
      watch.guard(new Interrupt(connection));
      try {
        connection.setAutoCommit(access == Access.READ);
        Outcome outcome = execute(connection, command);
        if (access == Access.WRITE) {
          connection.commit();
        }
        return outcome;
      } finally {
        watch.release(); // before the connection is closed: an interrupt behind that would crash
      }
    }
  }

  private static void refuseWhatIsNeverRun(SqlText sql) {
    if (sql.statements() > 1) {
      throw Problem.of(Reason.QUERY_FAILED, "Send one statement a call").exception();
    }
    if (sql.hasWord("pragma")) {
      throw Problem.of(
              Reason.FORBIDDEN,
              "PRAGMA is not allowed; read the schema by select * from pragma_table_info('…')")
          .exception();
    }
  }

  private SQLiteConnection open(Access access) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    if (access == Access.READ) {
      config.setReadOnly(true); // open_mode=1
    } else {
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
      config.setMaxPageCount(PAGES);
    }
    SQLiteConnection connection =
        (SQLiteConnection) config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, COLUMNS);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
    for (Map.Entry<String, Integer> hoarder : HOARDERS.entrySet()) {
      Function.create(connection, hoarder.getKey(), new Refused(), hoarder.getValue(), UTF8);
    }
    return connection;
  }

  /** In the place of a function of SQLite's or its driver's. */
  private static final class Refused extends Function {
    @Override
    protected void xFunc() throws SQLException {
      error("not available, since it would keep every row's value in memory; sort and count");
    }
  }

  private Outcome execute(SQLiteConnection connection, Command command) throws SQLException {
    NamedParameters bound =
        command.hasParameters() ? NamedParameters.bind(command.sql(), command.parameters()) : null;
    String text = bound == null ? command.sql().text() : bound.text();
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      if (bound != null) {
        for (int i = 0; i < bound.values().size(); i++) {
          set(statement, i + 1, bound.values().get(i));
        }
      }
      if (!statement.execute()) {
        return new Outcome.Done();
      }
      try (ResultSet rows = statement.getResultSet()) {
        return read(rows);
      }
    }
  }

  /** SQLite has no truth values and no JSON: 1 and 0, and text. */
  private static void set(PreparedStatement statement, int index, JsonNode value)
      throws SQLException {
    if (value.isNull()) {
      statement.setObject(index, null);
    } else if (value.isBoolean()) {
      statement.setInt(index, value.booleanValue() ? 1 : 0);
    } else if (value.canConvertToLong() && value.isIntegralNumber()) {
      statement.setLong(index, value.longValue());
    } else if (value.isNumber()) {
      statement.setDouble(index, value.doubleValue());
    } else {
      statement.setString(index, value.isTextual() ? value.textValue() : value.toString());
    }
  }

  private Outcome read(ResultSet rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      columns.add(rows.getMetaData().getColumnName(i));
    }
    RowsWriter writer = new RowsWriter(columns, limits.maxRows(), limits.maxBytes());
    while (rows.next() && writer.add((json, column) -> write(json, rows.getObject(column)))) {}
    return writer.rows();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof byte[] bytes) {
      json.writeString(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      json.writeString(number.toString()); // JSON has no such number (RFC 8259 §6)
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(value.toString());
    }
  }

  @Override
  public Problem explain(SQLException failure, Command command) {
    return SqliteFailure.explain(failure);
  }

  @Override
  public void close() {}

  private record Interrupt(SQLiteConnection connection) implements Watch.Stoppable {
    @Override
    public void cancel() {
      try {
        connection.getDatabase().interrupt();
      } catch (SQLException ended) {
        // Then there is nothing to end.
      }
    }

    /** Nothing in SQLite can catch an interrupt. */
    @Override
    public void kill() {
      cancel();
    }
  }
}
