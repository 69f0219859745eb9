package io.simplejwt.login;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent to {@code POST /auth}: never a 500, never a stack trace in the log, never a
 * secret in it.
 */
@QuarkusTest
@TestProfile(EmbeddedStore.BehindProxy.class)
class HostileBodiesTest {
  private static final String PASSWORD = "not-to-be-logged-7f3a";
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\",
          "\\u0000",
          "\\ud800",
          "null",
          "true",
          "1e999",
          "-0",
          "0x1",
          "\"email\"",
          "\"password\"",
          "\"roles\":[\"admin\"]",
          "\u0000",
          "\u00e9",
          "\ufeff",
          "\ud83d\ude00",
          " ",
          "\n",
          "//",
          "/*",
          "NaN",
          "'",
          "@",
          "%00",
          "<x>",
          "${jndi}");
  private static final int ROUNDS = 1500;
  // So many that none is tried often enough to be refused as a guesser.
  private static final int EMAILS = 200;
  private static final int ADDRESSES = 100;

  @TestHTTPResource URI root;
  private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
  private final Handler recorder = new Recorder();

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(recorder);
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger("").removeHandler(recorder);
  }

  @Test
  void mutatedBodiesNeverFailTheService() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    HttpClient client = HttpClient.newHttpClient();
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = mutated(random, "fuzz" + round % EMAILS + "@example.org");
      HttpRequest request =
          HttpRequest.newBuilder(root.resolve("/auth"))
              .header("Content-Type", "application/json")
              .header("X-Forwarded-For", "203.0.113." + round % ADDRESSES)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      assertThat(status)
          .as("seed %d, body %s", seed, new String(body, StandardCharsets.UTF_8))
          .isIn(200, 400, 401, 503);
      refused += status == 400 ? 1 : 0;
    }
    assertThat(refused).as("refused, seed %d", seed).isBetween(ROUNDS / 4, ROUNDS - 1);
    assertLogIsClean();
  }

  @Test
  void refusalsLogNeitherPasswordNorToken() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    given()
        .contentType("application/json")
        .body("{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "x\"}")
        .post("/auth")
        .then()
        .statusCode(401);
    given().header("Authorization", "Bearer " + token + "x").get("/contents");
    assertLogIsClean();
    assertThat(text()).noneMatch(line -> line.contains(token));
  }

  private void assertLogIsClean() {
    assertThat(logged)
        .as("failures in the log")
        .noneMatch(
            entry ->
                entry.getThrown() != null
                    || entry.getLevel().intValue() >= Level.SEVERE.intValue());
    assertThat(text()).noneMatch(line -> line.contains(PASSWORD));
    assertThat(text()).noneMatch(line -> line.contains(EmbeddedStore.SECRET));
  }

  private List<String> text() {
    return logged.stream().map(entry -> entry.getMessage() + parameters(entry)).toList();
  }

  private static List<Object> parameters(LogRecord entry) {
    return entry.getParameters() == null ? List.of() : List.of(entry.getParameters());
  }

  /** The honest body, cut, doubled and spliced with what parsers stumble over. */
  private static byte[] mutated(Random random, String email) {
    StringBuilder body =
        new StringBuilder("{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\"}");
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(body.length() + 1);
      int end = Math.min(body.length(), at + random.nextInt(6));
      body.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(8) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256); // no UTF-8 any more
    }
    return bytes;
  }

  private final class Recorder extends Handler {
    private static final Set<String> OTHERS = Set.of("org.apache.http", "io.restassured");

    @Override
    public void publish(LogRecord entry) {
      if (OTHERS.stream().noneMatch(String.valueOf(entry.getLoggerName())::startsWith)) {
        logged.add(entry);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
