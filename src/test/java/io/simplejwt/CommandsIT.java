package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.simplejwt.ServiceProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar with arguments: copies and moves the store. */
class CommandsIT {
  private static final Map<String, String> TRIAL =
      Map.of("SIGN_UP", "open", "PASSWORD_MIN_LENGTH", "5", "JWT_ALGORITHM", "ES256");

  @TempDir Path directory;

  @Test
  void unknownCommandStartsNothing() throws Exception {
    for (String[] words : new String[][] {{"bakup"}, {"backup"}, {"move", "it"}, {""}}) {
      Ended ended = ServiceProcess.command(directory, Map.of(), words);
      assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
      assertThat(ended.output().lines()).singleElement().asString().contains("backup FILE, move");
    }
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void backupOfRunningStoreIsWholeAndStarts() throws Exception {
    Path copy = directory.resolve("copy.db");
    JsonNode tokens;
    List<String> before = new ArrayList<>();
    try (var service = ServiceProcess.start(directory, TRIAL)) {
      tokens = service.tokensFor("abc@xyz.com", "mypwd");
      for (int i = 0; i < 20; i++) {
        before.add("person" + i + "@xyz.com");
        service.tokenFor(before.get(i), "mypwd");
      }
      Thread meanwhile = new Thread(() -> signUps(service));
      meanwhile.start();
      Ended ended = ServiceProcess.command(directory, Map.of(), "backup", copy.toString());
      meanwhile.interrupt();
      meanwhile.join();
      assertThat(ended.exitCode()).as(ended.output()).isZero();
      System.out.print(ended.output());
      assertThat(ended.output()).containsPattern("(?m)^account +\\d+$").contains("Copied");
      Ended again = ServiceProcess.command(directory, Map.of(), "backup", copy.toString());
      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.output().lines()).singleElement().asString().contains("not overwritten");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    Path other = Files.createDirectories(directory.resolve("other"));
    Files.copy(copy, other.resolve("accounts.db"));
    Map<String, String> restored = new HashMap<>(TRIAL);
    restored.put("DATA_DIR", other.toString());
    restored.put("SIGN_UP", "closed");
    try (var service = ServiceProcess.start(directory, restored)) {
      assertThat(service.get("/contents", tokens.get("token").textValue()).statusCode())
          .isEqualTo(200);
      assertThat(service.refresh(tokens.get("refresh_token").textValue()).statusCode())
          .isEqualTo(200);
      for (String email : before) {
        service.tokenFor(email, "mypwd");
      }
    }
  }

  private static void signUps(ServiceProcess service) {
    try {
      for (int i = 0; !Thread.interrupted(); i++) {
        service.tokenFor("meanwhile" + i + "@xyz.com", "mypwd");
      }
    } catch (Exception interrupted) {
      // Enough of them.
    }
  }

  @Test
  void moveTakesEverythingAndTokensWorkOn() throws Exception {
    try (PostgresOnDisk postgres = new PostgresOnDisk(directory)) {
      String[] move = {"move"};
      JsonNode living;
      JsonNode ended;
      try (var service = ServiceProcess.start(directory, TRIAL)) {
        living = service.tokensFor("abc@xyz.com", "mypwd");
        ended = service.tokensFor("xyz@xyz.com", "mypwd");
        service.send("POST", "/auth/logout", ended.get("token").textValue(), null);
        refused(move, postgres, "in use by another process");
      }
      Ended moved = ServiceProcess.command(directory, postgres.variables(), move);
      assertThat(moved.exitCode()).as(moved.output()).isZero();
      System.out.print(moved.output());
      requireSameRows(postgres);
      refused(move, postgres, "name an empty database");
      Map<String, String> variables = new HashMap<>(TRIAL);
      variables.putAll(postgres.variables());
      variables.put("SIGN_UP", "closed");
      try (var service = ServiceProcess.start(directory, variables)) {
        assertThat(service.get("/contents", living.get("token").textValue()).statusCode())
            .isEqualTo(200);
        assertThat(service.get("/contents", ended.get("token").textValue()).statusCode())
            .isEqualTo(401);
        assertThat(service.refresh(living.get("refresh_token").textValue()).statusCode())
            .isEqualTo(200);
        service.tokenFor("abc@xyz.com", "mypwd");
      }
    }
  }

  private void refused(String[] move, PostgresOnDisk postgres, String why) throws Exception {
    Ended refused = ServiceProcess.command(directory, postgres.variables(), move);
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output().lines()).singleElement().asString().contains(why);
  }

  /** Each table of the source, whichever there are by now. */
  private void requireSameRows(PostgresOnDisk postgres) throws Exception {
    String file = "jdbc:sqlite:" + directory.resolve("data/accounts.db");
    try (Connection source = DriverManager.getConnection(file);
        Connection target = postgres.connect()) {
      List<String> tables =
          rows(
              source,
              "SELECT name FROM sqlite_master WHERE type = 'table'"
                  + " AND name NOT LIKE 'sqlite%' AND name <> 'flyway_schema_history'");
      assertThat(tables).contains("account", "session", "signing_key", "audit", "audit_hour");
      for (String table : tables) {
        String columns =
            String.join(", ", rows(source, "SELECT name FROM pragma_table_info('" + table + "')"));
        String select = "SELECT " + columns + " FROM " + table;
        assertThat(rows(target, select))
            .as(table)
            .containsExactlyInAnyOrderElementsOf(rows(source, select));
      }
    }
  }

  private static List<String> rows(Connection store, String select) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement sql = store.createStatement();
        ResultSet result = sql.executeQuery(select)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
