package io.simplejwt.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;

/**
 * The connections of the store, made when they are wanted and kept. Who finds all of them in use
 * waits for {@link Database#PATIENCE}, in the order of coming; who needs a new one and finds the
 * store away hears so at once, or after as long where it does not answer at all.
 *
 * <p>Jdbi is what uses them, and it tells when it is through with one: so they need no covers, as
 * pools of the usual kind put around each connection, statement and row. Those of the framework's
 * pool were written anew at each start, and together with its transaction manager they were a fifth
 * of what one computes.
 */
final class Pool implements ConnectionFactory, AutoCloseable {
  private static final Duration SWEEP = Duration.ofMinutes(2);
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final GenericObjectPool<Connection> connections;
  private final StatementBuilderFactory statements;

  /** Looks after idle connections where they lead to another machine. */
  Pool(DataSource store, int most, boolean remote) {
    GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();
    config.setJmxEnabled(false);
    config.setMaxTotal(most);
    config.setMaxIdle(most);
    config.setMaxWait(Database.PATIENCE);
    config.setFairness(true);
    if (remote) {
      config.setTimeBetweenEvictionRuns(SWEEP);
      config.setMinEvictableIdleDuration(IDLE);
      config.setTestWhileIdle(true);
      config.setNumTestsPerEvictionRun(-1); // all of them
    }
    KeptStatements kept = new KeptStatements();
    statements = remote ? DefaultStatementBuilder.FACTORY : kept;
    connections = new GenericObjectPool<>(new PooledConnections(store, remote, kept), config);
  }

  /** How a statement is made on one of them. */
  StatementBuilderFactory statements() {
    return statements;
  }

  @Override
  public Connection openConnection() throws SQLException {
    try {
      return connections.borrowObject();
    } catch (SQLException e) { // the store is away
      throw e;
    } catch (NoSuchElementException e) {
      throw new SQLTransientConnectionException("All connections are in use", e);
    } catch (Exception e) { // interrupted, or closed since the service ends
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new SQLTransientConnectionException("No connection could be had", e);
    }
  }

  /** To the others, or away with it where it is no longer good. */
  @Override
  public void closeConnection(Connection connection) {
    connections.returnObject(connection);
  }

  void tell(MeterRegistry metrics) {
    gauge(metrics, "active", "Connections in use", GenericObjectPool::getNumActive);
    gauge(metrics, "idle", "Connections that wait to be used", GenericObjectPool::getNumIdle);
    gauge(metrics, "awaiting", "Threads that wait for one", GenericObjectPool::getNumWaiters);
  }

  private void gauge(
      MeterRegistry metrics,
      String name,
      String description,
      ToDoubleFunction<GenericObjectPool<Connection>> number) {
    Gauge.builder("store.connections." + name, connections, number)
        .description(description)
        .register(metrics);
  }

  @Override
  public void close() {
    connections.close();
  }
}
