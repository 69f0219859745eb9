package io.simplejwt.query;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jboss.logging.Logger;
import org.postgresql.jdbc.PgConnection;

/**
 * The connections of one user. As many are made as statements run at once, which {@link Queries}
 * bounds; a pool of the framework's would have to be told of every way in which a statement can
 * spoil its connection. Each one's rights are checked before its first statement.
 */
final class PostgresPool implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PostgresPool.class);
  private static final int VALIDATION_SECONDS = 2;

  private final PostgresUser user;
  private final Deque<PgConnection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  PostgresPool(PostgresUser user) {
    this.user = user;
  }

  PostgresUser user() {
    return user;
  }

  Lease take() throws SQLException {
    for (PgConnection next = idle.poll(); next != null; next = idle.poll()) {
      if (next.isValid(VALIDATION_SECONDS)) {
        return new Lease(next);
      }
      discard(next);
    }
    return new Lease(open());
  }

  /** What is wrong with the user's rights; nothing where all is well. */
  Optional<String> complaint() throws SQLException {
    try (Connection connection = user.connect()) {
      return PostgresRights.complaint(connection, user.access());
    }
  }

  private PgConnection open() throws SQLException {
    Connection connection = user.connect();
    try {
      Optional<String> complaint = PostgresRights.complaint(connection, user.access());
      if (complaint.isPresent()) {
        LOG.errorf("%s %s", user.variable(), complaint.get());
        throw Problem.retry(
                Reason.UNAVAILABLE,
                "The database user for this role has rights that it must not have: tell the"
                    + " operator",
                NoDatabase.UNTIL_CONFIGURED)
            .exception();
      }
      return connection.unwrap(PgConnection.class);
    } catch (SQLException | RuntimeException e) {
      discard(connection);
      throw e;
    }
  }

  private static void discard(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debugf("A connection could not be closed: %s", e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    for (PgConnection next = idle.poll(); next != null; next = idle.poll()) {
      discard(next);
    }
  }

  /** A connection for one call, which leaves no trace on it. */
  final class Lease implements Watch.Stoppable, AutoCloseable {
    private final PgConnection connection;
    private boolean broken;

    private Lease(PgConnection connection) {
      this.connection = connection;
    }

    PgConnection connection() {
      return connection;
    }

    /** In words: the driver's own way depends on a setting. */
    void begin() throws SQLException {
      connection.setAutoCommit(false);
      execute("SET TRANSACTION READ " + (user.access() == Access.READ ? "ONLY" : "WRITE"));
    }

    void end() throws SQLException {
      if (user.access() == Access.WRITE) {
        connection.commit();
      }
    }

    /**
     * Behind a failure of the connection itself (SQLSTATE class 08) what comes next on it may be
     * the rest of a value, which its owner chose: it must not be read as an answer to anybody.
     */
    void distrust(SQLException failure) {
      String state = failure.getSQLState();
      broken |= state == null || state.startsWith("08");
    }

    @Override
    public void cancel() {
      try {
        connection.cancelQuery();
      } catch (SQLException e) {
        LOG.debugf("A statement could not be cancelled: %s", e.getMessage());
      }
    }

    /** Code that catches cancellations cannot catch this; it needs a connection of its own. */
    @Override
    public void kill() {
      try (Connection other = user.connect();
          PreparedStatement sql = other.prepareStatement("SELECT pg_terminate_backend(?)")) {
        sql.setInt(1, connection.getBackendPID());
        sql.execute();
      } catch (SQLException e) {
        LOG.warnf("A statement could not be ended: %s", e.getMessage());
      }
    }

    /** What cannot be cleaned is thrown away. */
    @Override
    public void close() {
      if (broken) {
        discard(connection);
        return;
      }
      try {
        connection.rollback();
        connection.setAutoCommit(true);
        execute("DISCARD ALL");
        connection.clearWarnings();
        idle.push(connection);
      } catch (SQLException e) {
        discard(connection);
      }
      if (closed) {
        PostgresPool.this.close();
      }
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }
}
