package io.simplejwt.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.sql.DataSource;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** What the pool asks of its connections. One that fails to answer is closed and forgotten. */
final class PooledConnections extends BasePooledObjectFactory<Connection> {
  private static final int VALIDATION_SECONDS = 2;

  private final DataSource store;

  PooledConnections(DataSource store) {
    this.store = store;
  }

  @Override
  public Connection create() throws SQLException {
    return store.getConnection();
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
    pooled.getObject().close();
  }
}
