package io.simplejwt.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The embedded store's statements, kept as they are prepared with the connection that they are of:
 * SQLite would parse and plan each one anew at every use, a fifth of what a refresh costs.
 * (PostgreSQL's driver keeps its own.)
 *
 * <p>What they know of a table's columns stays right: the schema is migrated before anything asks
 * for rows, and no other process has the store meanwhile, see {@link DirectoryLock}.
 */
final class KeptStatements implements StatementBuilderFactory {
  static final int MOST = 100;

  private final Map<Connection, OfOne> connections = new ConcurrentHashMap<>();

  @Override
  public StatementBuilder createStatementBuilder(Connection connection) {
    return connections.computeIfAbsent(connection, fresh -> new OfOne());
  }

  /** The connection goes, and its statements with it. */
  void drop(Connection connection) {
    connections.remove(connection);
  }

  /** One connection's, which one thread has at a time. */
  private static final class OfOne extends DefaultStatementBuilder {
    private final Map<String, PreparedStatement> idle = new HashMap<>();
    private final Map<Statement, String> busy = new IdentityHashMap<>();

    /** Taken out of those that are kept, so that nothing uses it twice at once. */
    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
        throws SQLException {
      PreparedStatement kept = idle.remove(sql);
      PreparedStatement statement = kept == null ? super.create(connection, sql, context) : kept;
      busy.put(statement, sql);
      return statement;
    }

    /** By then Jdbi has closed its rows, which is what ends its reading. */
    @Override
    public void close(Connection connection, String unparsed, Statement statement)
        throws SQLException {
      String sql = busy.remove(statement);
      if (sql != null && statement instanceof PreparedStatement used && idle.size() < MOST) {
        used.clearParameters();
        close(idle.put(sql, used));
      } else {
        statement.close();
      }
    }

    private static void close(PreparedStatement twin) throws SQLException {
      if (twin != null) {
        twin.close();
      }
    }
  }
}
