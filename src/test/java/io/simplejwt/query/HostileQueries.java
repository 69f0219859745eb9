package io.simplejwt.query;

import static io.simplejwt.query.QueryCalls.tokenWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Whatever is sent to {@code POST /query}: never a 500, and never a value in the log. */
abstract class HostileQueries {
  private static final String SECRET = "not-to-be-logged-7f3a";
  private static final int ROUNDS = 1000;
  private static final String HONEST =
      "{\"query\":\"select 'x' as a, :b as b -- y\",\"parameters\":{\"b\":\"" + SECRET + "\"}}";
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\\\"",
          "\"",
          "\\\\",
          "\\u0000",
          "\\ud800",
          "null",
          "true",
          "1e999999999",
          "-0",
          "'",
          "''",
          ";",
          "--",
          "/*",
          "*/",
          "$$",
          "::",
          "?",
          "??",
          ":b",
          "$1",
          "E'",
          "select ",
          " from ",
          "with recursive ",
          "\\n",
          "\u00e9",
          "\ud83d\ude00",
          "\ufeff",
          "%s",
          "${x}",
          "\"parameters\":{}",
          "\"query\":\"select 1\"",
          "copy ",
          "pragma ",
          "begin",
          "commit",
          "(",
          ")",
          " ");

  @TestHTTPResource URI root;

  @Test
  void mutatedBodiesNeverFailTheService() throws Exception {
    String token = tokenWith("query");
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler recorder = recorder(logged);
    Logger.getLogger("io.simplejwt").addHandler(recorder);
    try {
      bombard(token);
    } finally {
      Logger.getLogger("io.simplejwt").removeHandler(recorder);
    }
    assertThat(logged).as("each statement is recorded").hasSizeGreaterThan(ROUNDS / 10);
    assertThat(logged)
        .allSatisfy(
            entry -> {
              assertThat(entry.getThrown()).isNull();
              assertThat(entry.getLevel().intValue()).isLessThan(Level.SEVERE.intValue());
              assertThat(text(entry)).doesNotContain(SECRET, "\n", "\r");
            });
  }

  private void bombard(String token) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    HttpClient client = HttpClient.newHttpClient();
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = mutated(random);
      HttpRequest request =
          HttpRequest.newBuilder(root.resolve("/query"))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as("seed %d, body %s: %s", seed, new String(body, StandardCharsets.UTF_8), answer.body())
          .isIn(200, 400, 403, 504);
      refused += answer.statusCode() == 200 ? 0 : 1;
    }
    assertThat(refused).as("refused, seed %d", seed).isBetween(ROUNDS / 4, ROUNDS - 1);
  }

  /** The honest body, cut and spliced with what parsers stumble over. */
  private static byte[] mutated(Random random) {
    StringBuilder body = new StringBuilder(HONEST);
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(body.length() + 1);
      body.insert(at, PIECES.get(random.nextInt(PIECES.size())));
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static Handler recorder(List<LogRecord> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        logged.add(entry);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static String text(LogRecord entry) {
    return new org.jboss.logmanager.formatters.PatternFormatter("%s%e").format(entry);
  }
}
