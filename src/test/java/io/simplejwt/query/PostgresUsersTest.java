package io.simplejwt.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which users of PostgreSQL run nobody's statements. */
class PostgresUsersTest {
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUPERUSER",
        "CREATEROLE",
        "REPLICATION",
        "BYPASSRLS",
        "IN ROLE pg_read_server_files",
        "IN ROLE pg_write_server_files",
        "NOINHERIT IN ROLE pg_execute_server_program"
      })
  void powerfulUsersAreRefused(String right) throws Exception {
    String user = newUser(right);
    for (Access access : Access.values()) {
      assertThat(complaint(user, access)).get().asString().startsWith("names a superuser, or");
    }
  }

  @Test
  void usersWithRightsInTheAccountsStoreAreRefused() throws Exception {
    run("CREATE TABLE administrator_guard (turns int)");
    try {
      String stranger = newUser("");
      assertThat(complaint(stranger, Access.WRITE)).isEmpty();
      run("GRANT SELECT ON administrator_guard TO " + stranger);
      assertThat(complaint(stranger, Access.WRITE)).get().asString().contains("accounts' store");

      String owner = newUser("");
      run("ALTER TABLE administrator_guard OWNER TO " + owner);
      String member = newUser("NOINHERIT IN ROLE " + owner);
      assertThat(complaint(member, Access.WRITE)).get().asString().contains("accounts' store");
    } finally {
      run("DROP TABLE administrator_guard");
    }
  }

  @Test
  void readerMayOnlySelect() throws Exception {
    run("CREATE TABLE things (a int)");
    String user = newUser("");
    run("GRANT SELECT ON things TO " + user);
    assertThat(complaint(user, Access.READ)).isEmpty();
    run("GRANT DELETE ON things TO " + user);
    assertThat(complaint(user, Access.READ)).contains("names a user who may do more than select");
    assertThat(complaint(user, Access.WRITE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preferQueryMode=simple",
        "options=-c%20x=y",
        "readOnlyMode=always",
        "autosave=always",
        "maxResultBuffer=1G",
        "socketTimeout=0"
      })
  void addressCannotUndoOurRules(String setting) {
    String url = "jdbc:postgresql://localhost/queries?sslmode=require&" + setting;
    assertThat(PostgresUser.settingOfOurs(url)).contains(setting.replaceFirst("=.*", ""));
  }

  @Test
  void addressMaySayTheRest() {
    String url = "jdbc:postgresql://localhost/queries?sslmode=require&currentSchema=x";
    assertThat(PostgresUser.settingOfOurs(url)).isEmpty();
  }

  private static Optional<String> complaint(String user, Access access) throws Exception {
    String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    PostgresUser known =
        new PostgresUser(access, url, user, "x", Duration.ofSeconds(5), 1024 * 1024);
    try (PostgresPool pool = new PostgresPool(known)) {
      return pool.complaint();
    }
  }

  private static int users;

  private static String newUser(String rights) throws Exception {
    String name = "u" + users++;
    run("CREATE USER " + name + " " + rights);
    return name;
  }

  private static void run(String statement) throws Exception {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
