package io.simplejwt.query;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A real PostgreSQL with the two users of README, for one test class. */
public final class QueryServer implements QuarkusTestResourceLifecycleManager {
  static final String WRITER_PASSWORD = "wr$ter ${pass}";
  static final String READER_PASSWORD = "re$der ${pass}";

  private static EmbeddedPostgres server;

  /** As the superuser, whom no call ever is. */
  static Connection superuser() throws SQLException {
    return server.getDatabase("postgres", "queries").getConnection();
  }

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
      server = EmbeddedPostgres.start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement sql = connection.createStatement()) {
        sql.execute("CREATE USER query_writer PASSWORD '" + WRITER_PASSWORD + "'");
        sql.execute("CREATE USER query_reader PASSWORD '" + READER_PASSWORD + "'");
        sql.execute("CREATE DATABASE queries OWNER query_writer");
      }
      try (Connection connection = superuser();
          Statement sql = connection.createStatement()) {
        sql.execute(
            "ALTER DEFAULT PRIVILEGES FOR ROLE query_writer GRANT SELECT ON TABLES TO query_reader");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Map.of(
        "query.database-url",
        "jdbc:postgresql://localhost:" + server.getPort() + "/queries",
        "QUERY_DATABASE_USERNAME",
        "query_writer",
        "QUERY_DATABASE_PASSWORD",
        WRITER_PASSWORD,
        "QUERY_READ_USERNAME",
        "query_reader",
        "QUERY_READ_PASSWORD",
        READER_PASSWORD);
  }

  @Override
  public void stop() {
    stopRunning();
  }
}
