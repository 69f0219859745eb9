package io.simplejwt.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The embedded store's statements, kept as they are prepared with the connection that they are of:
 * SQLite would parse and plan each one anew at every use, a fifth of what a refresh costs.
 * (PostgreSQL's driver keeps its own.) Of more than {@value #MOST} those go that were used longest
 * ago, and one that failed goes too where its driver gave it up.
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
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(); // oldest use first
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

    /**
     * By then Jdbi has closed its rows, which is what ends its reading: whatever answers rows must
     * be asked as a query, also where it writes.
     */
    @Override
    public void close(Connection connection, String unparsed, Statement statement)
        throws SQLException {
      String sql = busy.remove(statement);
      if (sql == null || !isClean(statement)) {
        statement.close();
        return;
      }
      close(idle.put(sql, (PreparedStatement) statement));
      if (idle.size() > MOST) {
        close(idle.remove(idle.keySet().iterator().next()));
      }
    }

    /** Without the values of this use, or else not to be used again. */
    private static boolean isClean(Statement statement) {
      try {
        ((PreparedStatement) statement).clearParameters();
        return true;
      } catch (SQLException failedAndClosed) {
        return false;
      }
    }

    private static void close(PreparedStatement replaced) throws SQLException {
      if (replaced != null) {
        replaced.close();
      }
    }
  }
}
