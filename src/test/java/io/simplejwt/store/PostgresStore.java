package io.simplejwt.store;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The same service on a real PostgreSQL, with a password that configuration would expand. */
public class PostgresStore extends EmbeddedStore {
  private static final String USER = "accounts";
  private static final String PASSWORD = "pa$$word-${with}-$igns";

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Server.class));
  }

  /** Started for one test class, thrown away after it. */
  public static final class Server implements QuarkusTestResourceLifecycleManager {
    private static EmbeddedPostgres server;

    /** Another client of the accounts' database. */
    public static Connection connect() throws SQLException {
      return server.getDatabase(USER, "accounts").getConnection();
    }

    /** What no operator wants to see. */
    static void stopRunning() {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Map<String, String> start() {
      try {
        server = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(90)).start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
            Statement sql = connection.createStatement()) {
          sql.execute("CREATE USER " + USER + " PASSWORD '" + PASSWORD + "'");
          sql.execute("CREATE DATABASE accounts OWNER " + USER);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return Map.of(
          "database.url", "jdbc:postgresql://localhost:" + server.getPort() + "/accounts",
          "DATABASE_USERNAME", USER,
          "DATABASE_PASSWORD", PASSWORD);
    }

    @Override
    public void stop() {
      stopRunning();
    }
  }
}
