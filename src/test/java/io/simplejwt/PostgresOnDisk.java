package io.simplejwt;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real PostgreSQL that can be killed and come back, on the same port with the same data. */
final class PostgresOnDisk implements AutoCloseable {
  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  PostgresOnDisk(Path directory) throws IOException {
    data = directory.resolve("postgres");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    start();
  }

  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig(
                "synchronous_commit", "on") // the library's is off: it may lose commits
            .setServerConfig("fsync", "on")
            .setPGStartupWait(Duration.ofSeconds(90)) // a busy disk, and what a kill left undone
            .start();
  }

  /** SIGKILL to all of its processes, as a machine that loses power. */
  void kill() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(child -> child.onExit().join());
    postmaster.onExit().join();
    server.close(); // forgets the dead one
  }

  Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  Map<String, String> variables() {
    return Map.of(
        "DATABASE_URL", "jdbc:postgresql://localhost:" + port + "/postgres",
        "DATABASE_USERNAME", "postgres",
        "DATABASE_PASSWORD", "postgres");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
