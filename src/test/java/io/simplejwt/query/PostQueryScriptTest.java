package io.simplejwt.query;

import static io.simplejwt.query.QueryCalls.answer;
import static io.simplejwt.query.QueryCalls.tokenWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ci/post_query.sh}, and that README tells what it prints. */
@QuarkusTest
@TestProfile(QueryProfile.Postgres.class)
class PostQueryScriptTest {
  @TestHTTPResource URI root;
  private String token;

  @BeforeEach
  void needsTools() throws Exception {
    boolean there = run("command -v curl && command -v jq", "").exitCode() == 0;
    if (System.getenv("CI") == null) {
      assumeTrue(there, "skipped: needs curl and jq");
    }
    assertThat(there).as("curl and jq are needed").isTrue();
    token = tokenWith("query-write");
  }

  @Test
  void printsWhatReadmeSays() throws Exception {
    answer(token, "drop table if exists account");
    String commands = ReadmeBlocks.after("## SQL over HTTP", "sh").get(0);
    Ended ended = run(commands.replace("localhost 8080", address()), token);
    assertThat(plain(ended.output()))
        .isEqualTo(plain(ReadmeBlocks.after("## SQL over HTTP", "").get(0)));
  }

  @Test
  void quotesOfAllKindsArrive() throws Exception {
    String text = "it''s \"quoted\" \\ $HOME `date` é\ttab\nline !% @x";
    Ended ended =
        run("sh ci/post_query.sh " + address() + " \"$SQL\"", token, "select '" + text + "' as a");
    assertThat(ended.output())
        .contains("\"a\":\"it's \\\"quoted\\\" \\\\ $HOME `date` é\\ttab\\nline !% @x\"");
  }

  @Test
  void refusalIsPrintedAndFails() throws Exception {
    Ended ended = run("sh ci/post_query.sh " + address() + " 'selec 1'", token);
    assertThat(ended.exitCode()).isEqualTo(22);
    assertThat(ended.output()).contains("urn:simple-jwt-api:problem:query-failed");
    assertThat(run("sh ci/post_query.sh " + address() + " 'select 1'", "").exitCode()).isNotZero();
    assertThat(run("sh ci/post_query.sh", token).exitCode()).isEqualTo(2);
  }

  private String address() {
    return root.getHost() + " " + root.getPort();
  }

  /** All but the time. */
  private static String plain(String answers) {
    return answers.replaceAll("\"milliseconds\": \\d+", "\"milliseconds\": n");
  }

  private record Ended(int exitCode, String output) {}

  private static Ended run(String commands, String token, String... sql) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", commands));
    builder.environment().put("TOKEN", token);
    builder.environment().put("SQL", String.join("", sql));
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
