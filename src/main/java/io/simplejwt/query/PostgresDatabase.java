package io.simplejwt.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.setting.BadSetting;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.postgresql.jdbc.PgConnection;

/**
 * PostgreSQL, by one user for each access.
 *
 * <p>Readers run as a user who may only select, in a read-only transaction, which is always rolled
 * back: what such a transaction may do nevertheless, as making large objects, has not happened. One
 * statement a call is kept by the driver and the server together: the driver cuts a text where the
 * server would, and the server refuses a piece that is more than one statement, since each is sent
 * by the extended protocol. So nobody leaves the transaction and goes on. Behind a call {@code
 * DISCARD ALL} takes away what it set, locked or made for its session.
 */
final class PostgresDatabase implements QueryDatabase {
  private static final Logger LOG = Logger.getLogger(PostgresDatabase.class);
  private static final int PLACES = 4;
  private static final int ROWS_AT_ONCE = 16;
  private static final int LARGEST_SCALE = 1000;

  private final Map<Access, PostgresPool> pools;
  private final QueryConfig limits;

  PostgresDatabase(Map<Access, PostgresPool> pools, QueryConfig limits) {
    this.pools = Map.copyOf(pools);
    this.limits = limits;
  }

  /** A server that is away now is asked again by the first call; signing in needs it not. */
  @Override
  public void start() {
    for (PostgresPool pool : pools.values()) {
      try {
        pool.complaint()
            .ifPresent(
                complaint -> {
                  throw new BadSetting(
                      pool.user().variable(), complaint, "make a user of its own for this");
                });
      } catch (SQLException e) {
        LOG.warnf("The query database does not answer yet: %s", e.getMessage());
      }
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRES;
  }

  @Override
  public int places() {
    return PLACES;
  }

  @Override
  public Outcome run(Command command, Access access, Watch watch) throws SQLException {
    PostgresPool pool = pools.get(access);
    if (pool == null) {
      throw Problem.retry(
              Reason.UNAVAILABLE,
              "There is no database user for this role: the operator has to set "
                  + (access == Access.READ ? "QUERY_READ_USERNAME" : "QUERY_DATABASE_USERNAME"),
              NoDatabase.UNTIL_CONFIGURED)
          .exception();
    }
    try (PostgresPool.Lease lease = pool.take()) {
      PgConnection connection = lease.connection();
      watch.guard(lease);
      try {
        requireOneStatement(connection, command.sql().text());
        lease.begin();
        Outcome outcome = execute(connection, command);
        lease.end();
        return outcome;
      } catch (SQLException e) {
        lease.distrust(e);
        throw e;
      } finally {
        watch.release();
      }
    }
  }

  /** By the driver's own eyes: what it takes for one is sent as one. */
  private static void requireOneStatement(PgConnection connection, String text)
      throws SQLException {
    if (connection.getQueryExecutor().createQuery(text, false, false).query.getSubqueries()
        != null) {
      throw Problem.of(Reason.QUERY_FAILED, "Send one statement a call").exception();
    }
  }

  private Outcome execute(Connection connection, Command command) throws SQLException {
    if (!command.hasParameters()) {
      try (Statement statement = connection.createStatement()) {
        prepare(statement);
        return outcome(statement, statement.execute(command.sql().text()));
      }
    }
    NamedParameters bound = NamedParameters.bind(command.sql(), command.parameters());
    try (PreparedStatement statement = connection.prepareStatement(bound.text())) {
      prepare(statement);
      for (int i = 0; i < bound.values().size(); i++) {
        set(statement, i + 1, bound.values().get(i));
      }
      return outcome(statement, statement.execute());
    }
  }

  private void prepare(Statement statement) throws SQLException {
    statement.setEscapeProcessing(false); // {fn …} is PostgreSQL's to refuse
    statement.setFetchSize(ROWS_AT_ONCE);
    statement.setMaxRows(limits.maxRows() + 1);
  }

  /** Texts go without a type, so that the server takes them for dates, uuids or JSON. */
  private static void set(PreparedStatement statement, int index, JsonNode value)
      throws SQLException {
    if (value.isNull()) {
      statement.setNull(index, Types.NULL);
    } else if (value.isBoolean()) {
      statement.setBoolean(index, value.booleanValue());
    } else if (value.canConvertToInt() && value.isIntegralNumber()) {
      statement.setInt(index, value.intValue());
    } else if (value.canConvertToLong() && value.isIntegralNumber()) {
      statement.setLong(index, value.longValue());
    } else if (value.isNumber()) {
      statement.setBigDecimal(index, bounded(value.decimalValue()));
    } else {
      statement.setString(index, value.isTextual() ? value.textValue() : value.toString());
    }
  }

  /** A few characters can name a number that takes gigabytes to write out. */
  private static BigDecimal bounded(BigDecimal number) {
    if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
      throw Problem.of(Reason.INVALID_REQUEST, "A parameter is a number with too many digits")
          .exception();
    }
    return number;
  }

  private Outcome outcome(Statement statement, boolean hasColumns) throws SQLException {
    if (!hasColumns) {
      return new Outcome.Done();
    }
    try (ResultSet rows = statement.getResultSet()) {
      List<String> names = new ArrayList<>();
      List<PostgresColumn> types = new ArrayList<>();
      for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
        names.add(rows.getMetaData().getColumnLabel(column));
        types.add(PostgresColumn.of(rows.getMetaData(), column));
      }
      RowsWriter writer = new RowsWriter(names, limits.maxRows(), limits.maxBytes());
      boolean wanted = true;
      while (wanted && rows.next()) {
        wanted =
            writer.add((json, column) -> types.get(column - 1).write(json, rows.getString(column)));
      }
      return writer.rows();
    }
  }

  @Override
  public Problem explain(SQLException failure, Command command) {
    return PostgresFailure.explain(failure, command);
  }

  @Override
  public void close() {
    pools.values().forEach(PostgresPool::close);
  }
}
