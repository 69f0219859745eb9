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
      makeUsersAsReadmeSays();
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

  /** Its own SQL but for the passwords; {@code \\c} goes on in the new database. */
  private static void makeUsersAsReadmeSays() throws IOException, SQLException {
    String block = ReadmeBlocks.after("## SQL over HTTP", "sql").get(0);
    String[] parts =
        block
            .replace("'one'", "'" + WRITER_PASSWORD + "'")
            .replace("'another'", "'" + READER_PASSWORD + "'")
            .split("\\\\c queries\n");
    run(server.getPostgresDatabase().getConnection(), parts[0]);
    run(superuser(), parts[1]);
  }

  private static void run(Connection connection, String statements) throws SQLException {
    try (connection;
        Statement sql = connection.createStatement()) {
      for (String statement : statements.strip().split(";\n?")) {
        sql.execute(statement);
      }
    }
  }

  @Override
  public void stop() {
    stopRunning();
  }
}
