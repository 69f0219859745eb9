package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.ServiceProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of another system, with the hashes that it made. */
class ImportIT {
  private static final String PASSWORD = "correct horse battery";
  // Made by Python's bcrypt, argon2-cffi and passlib.
  private static final String BCRYPT =
      "$2b$05$pnUT6Su.jtZLgRF5b8ZLh.aVMuJzxZcSuq9c5spfnI./a.MKQxlx2";
  private static final List<String> GOOD =
      List.of(
          line("b@x.org", BCRYPT, ",\"roles\":[\"admin\"],\"email_verified\":true"),
          line(
              "a@x.org",
              "$argon2id$v=19$m=65536,t=3,p=4$PkUoLcuNx5QG4octAeUdEQ"
                  + "$ltQ2AmyyS0Bzh5vvEY0P+pY428nVMdskB/UfCM+2uTc",
              ""),
          line(
              "p@x.org",
              "pbkdf2_sha256$1000$9InV1a94TdFC$bR35wYILg4zvy7FFJNTxVxb9aJcwMBEduiOOF9nCyDE=",
              ""),
          line("off@x.org", BCRYPT, ",\"disabled\":true"));

  @TempDir Path directory;

  @Test
  void embeddedStoreTakesThemWhileTheServiceRuns() throws Exception {
    importInto(Map.of());
  }

  @Test
  void postgresTakesThemWhileTheServiceRuns() throws Exception {
    try (PostgresOnDisk postgres = new PostgresOnDisk(directory)) {
      importInto(postgres.variables());
    }
  }

  private void importInto(Map<String, String> store) throws Exception {
    try (var service = ServiceProcess.start(directory, store)) {
      List<String> bad =
          List.of(
              GOOD.get(0),
              line("B@X.org", BCRYPT, ""),
              line("c@x.org", BCRYPT.replace("$05$", "$31$"), ""),
              line("d@x.org", BCRYPT, ",\"role\":[]"),
              line("e@x.org", BCRYPT, ",\"roles\":[\"root\"]"),
              line("nobody", BCRYPT, ""),
              "{");
      Ended refused = run(store, bad);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.output())
          .contains("line 2 has the email of line 1")
          .contains("line 3 has a password_hash that costs too much: bcrypt's cost is 31")
          .contains("line 4 has a member")
          .contains("line 5 has a role that is none of")
          .contains("line 6 has an email that is none")
          .contains("line 7 is not a JSON object")
          .contains("nothing was imported: 6 lines are wrong, 1 right")
          .doesNotContain("$05$");
      assertThat(service.signIn("b@x.org", PASSWORD).statusCode()).isEqualTo(401);
      Ended done = run(store, GOOD);
      assertThat(done.exitCode()).as(done.output()).isZero();
      assertThat(done.output()).contains("Imported 4 accounts");
      for (String email : List.of("b@x.org", "a@x.org", "p@x.org")) {
        assertThat(service.signIn(email, "wrong").statusCode()).isEqualTo(401);
        service.tokenFor(email, PASSWORD);
        service.tokenFor(email, PASSWORD); // by the hash that the first sign-in made
      }
      assertThat(service.signIn("off@x.org", PASSWORD).statusCode()).isEqualTo(401);
      assertThat(service.get("/accounts", service.tokenFor("b@x.org", PASSWORD)).statusCode())
          .isEqualTo(200);
      assertThat(run(store, GOOD).output()).contains("line 1 has the email of an account that");
    }
  }

  private Ended run(Map<String, String> store, List<String> lines) throws Exception {
    Path file = Files.write(directory.resolve("accounts.jsonl"), lines);
    return ServiceProcess.command(directory, new HashMap<>(store), "import", file.toString());
  }

  private static String line(String email, String hash, String more) {
    return "{\"email\":\"%s\",\"password_hash\":\"%s\"%s}".formatted(email, hash, more);
  }
}
