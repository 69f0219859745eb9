package io.simplejwt.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/**
 * What the pool asks of its connections. One that fails to answer is closed and forgotten.
 *
 * <p>No transaction outlasts what RevocationFollower counts on: {@link Database} commits none that
 * took too long, and a server elsewhere ends one whose replica stands still before it could. That
 * is said in words, behind the start of a connection: poolers in between refuse it as an option.
 */
final class PooledConnections extends BasePooledObjectFactory<Connection> {
  private static final int VALIDATION_SECONDS = 2;

  private static final String BOUND =
      "SET idle_in_transaction_session_timeout = '" + Database.LONGEST.toSeconds() + "s'";

  private final DataSource store;
  private final boolean remote;
  private final KeptStatements kept;

  PooledConnections(DataSource store, boolean remote, KeptStatements kept) {
    this.store = store;
    this.remote = remote;
    this.kept = kept;
  }

  @Override
  public Connection create() throws SQLException {
    Connection connection = store.getConnection();
    if (remote) {
      try (Statement sql = connection.createStatement()) {
        sql.execute(BOUND);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  @Override
  public PooledObject<Connection> wrap(Connection connection) {
    return new DefaultPooledObject<>(connection);
  }

  /** Nothing of one caller's transaction reaches the next one. */
  @Override
  public void passivateObject(PooledObject<Connection> pooled) throws SQLException {
    Connection connection = pooled.getObject();
    if (connection.isClosed()) { // by its driver, when the server was gone
      throw new SQLNonTransientConnectionException("closed");
    }
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Override
  public boolean validateObject(PooledObject<Connection> pooled) {
    try {
      return pooled.getObject().isValid(VALIDATION_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void destroyObject(PooledObject<Connection> pooled) throws SQLException {
    kept.drop(pooled.getObject());
    pooled.getObject().close();
  }
}
