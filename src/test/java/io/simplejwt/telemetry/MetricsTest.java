package io.simplejwt.telemetry;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What Prometheus is told: few series, and the right ones. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class MetricsTest {
  @TestHTTPResource URL root;
  @Inject MeterRegistry metrics;

  /** Paths, methods, ids, refusals below REST, clients that hang up: nothing makes new series. */
  @Test
  void hostileRequestsMakeNoNewSeries() throws Exception {
    String token = admin();
    attack(token, 3);
    Exposed before = Exposed.now();
    attack(token, 50); // ten requests each
    Exposed after = Exposed.now();
    assertThat(answers(after)).isSubsetOf(answers(before));
    assertThat(after.requests().stream().filter(series -> series.contains("RESET")))
        .as("a series for each method, and one for all others")
        .hasSizeLessThanOrEqualTo(8);
    assertThat(after.requests()).noneMatch(series -> series.contains("hostile"));
  }

  /**
   * Neither what the JVM has, where a collection of garbage for another cause makes a series, nor
   * clients that hang up, which the service notices when it does.
   */
  private static List<String> answers(Exposed exposed) {
    return exposed.series().stream()
        .filter(series -> !series.startsWith("jvm_") && !series.contains("RESET"))
        .toList();
  }

  private void attack(String token, int rounds) throws Exception {
    for (int i = 0; i < rounds; i++) {
      String odd = "hostile" + UUID.randomUUID();
      given().get("/" + odd + "/");
      given().options("/" + odd);
      given()
          .header("Origin", "http://" + odd)
          .header("Access-Control-Request-Method", "PUT")
          .options("/" + odd);
      as(token).get("/accounts/" + odd);
      as(token).delete("/accounts/me/sessions/" + odd);
      given().request("POST", "/accounts/" + odd);
      send("HOSTILE" + i + " /" + odd + " HTTP/1.1\r\nHost: x\r\n\r\n", true);
      send("HOSTILE" + i + " /contents HTTP/1.1\r\nHost: x\r\n\r\n", true);
      send("POST /" + odd + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", true);
      send("GET /" + odd + " HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n", true);
      send("GET /" + odd + "/../%zz HTTP/1.1\r\n\r\n", true);
      send(half("POST", "/auth"), false);
      send(half("HOSTILE" + i, "/" + odd), false);
      send(half("POST", "/accounts/" + odd + "/x"), false);
    }
  }

  /** A body that never comes. */
  private static String half(String method, String path) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{";
  }

  private void send(String request, boolean wait) throws IOException {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      if (wait) {
        socket.getInputStream().read();
      } else {
        socket.setSoLinger(true, 0); // closing sends a reset
      }
    }
  }

  @Test
  void callsAreCountedByTheirTemplates() throws InterruptedException {
    String token = admin();
    as(token).get("/accounts/" + UUID.randomUUID()).then().statusCode(404);
    as(token).get("/contents").then().statusCode(200);
    given().get("/contents").then().statusCode(401);
    given().get("/").then().statusCode(200);
    json("{").post("/auth").then().statusCode(400);
    given().header("Content-Type", "text/html").body("x").post("/auth").then().statusCode(415);
    // An answer is counted when its last byte has gone, which the client may see before that.
    for (int i = 0;
        i < 100 && Exposed.now().requests().stream().noneMatch(s -> has(s, "POST", "/auth", 415));
        i++) {
      Thread.sleep(50); // between two looks
    }
    assertThat(Exposed.now().requests())
        .anyMatch(series -> has(series, "GET", "/accounts/{id}", 404))
        .anyMatch(series -> has(series, "GET", "/contents", 200))
        .anyMatch(series -> has(series, "GET", "/contents", 401))
        .anyMatch(series -> has(series, "GET", "root", 200))
        .anyMatch(series -> has(series, "POST", "/auth", 400))
        .anyMatch(series -> has(series, "POST", "/auth", 415));
  }

  private static boolean has(String series, String method, String uri, int status) {
    return series.contains("method=\"" + method + "\"")
        && series.contains("uri=\"" + uri + "\"")
        && series.contains("status=\"" + status + "\"");
  }

  @Test
  void requestsInFlightAreCounted() throws Exception {
    awaitInFlight(0); // whatever other tests have left unfinished has ended
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.getOutputStream().write(half("POST", "/auth").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      awaitInFlight(1);
      socket.setSoLinger(true, 0);
    }
    awaitInFlight(0);
  }

  private void awaitInFlight(int count) throws InterruptedException {
    var gauge = metrics.get("http.server.active.requests").gauge();
    for (int i = 0; i < 400 && gauge.value() != count; i++) {
      Thread.sleep(50); // between two looks, for longer than a body is waited for
    }
    assertThat(gauge.value()).isEqualTo(count);
  }

  @Test
  void latencyOfContentsHasBounds() {
    as(admin()).get("/contents").then().statusCode(200);
    assertThat(Exposed.now().series())
        .anyMatch(
            series ->
                series.startsWith("http_server_requests_seconds_bucket{")
                    && series.contains("uri=\"/contents\"")
                    && series.contains("le=\"0.1\""))
        .noneMatch(series -> series.contains("_bucket{") && series.contains("uri=\"/\""));
  }

  @Test
  void auditCountsWhatHappens() {
    double signIns = events("sign-in", "");
    double refusals = events("refusal", "wrong password");
    double ended = metrics.get("sessions.ended").counter().count();
    String email = newEmail();
    auth(email, "first-password-9").then().statusCode(200);
    auth(email, "wrong-password-9").then().statusCode(401);
    String token = auth(email, "first-password-9").path("token");
    as(token).post("/auth/logout").then().statusCode(204);
    assertThat(events("sign-in", "") - signIns).isEqualTo(2);
    assertThat(events("refusal", "wrong password") - refusals).isEqualTo(1);
    assertThat(metrics.get("sessions.ended").counter().count() - ended).isEqualTo(1);
  }

  private double events(String kind, String reason) {
    var counter = metrics.find("audit.events").tags("kind", kind, "reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void revocationListTellsItsAge() {
    double bound = metrics.get("revocation.list.max.age").timeGauge().value(SECONDS);
    assertThat(bound).isEqualTo(Duration.ofMinutes(5).toSeconds());
    assertThat(metrics.get("revocation.list.age").timeGauge().value(SECONDS))
        .isBetween(0.0, bound / 2);
  }

  /** Its keys are kinds and words of ours: an account's id or an address is none of them. */
  @Test
  void labelsTellNobodysName() {
    String email = newEmail();
    auth(email, "first-password-9").then().statusCode(200);
    json(Map.of("refresh_token", "x".repeat(43))).post("/auth/refresh").then().statusCode(401);
    assertThat(Exposed.now().series()).noneMatch(s -> s.contains("@") || s.contains("127.0.0"));
  }
}
