package io.simplejwt.store;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.simplejwt.RecordedLog;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away while the service runs. */
@QuarkusTest
@TestProfile(StoreOutageTest.Doomed.class)
class StoreOutageTest {
  /** A server of this test's own, since it does not survive it. */
  public static final class Doomed extends PostgresStore {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Server.class));
    }
  }

  private static final Logger TASKS = Logger.getLogger(FailedTasks.class.getName());

  @AfterAll
  static void usualLevel() {
    TASKS.setLevel(null);
  }

  @TestHTTPResource(value = "/health/ready", management = true)
  URI ready;

  @TestHTTPResource(value = "/health/live", management = true)
  URI live;

  @Test
  void tokensAreReadOnAndTheRestSaysWhenToTryAgain() throws InterruptedException {
    String email = newEmail();
    String token = signIn(email, "a good password");
    String admin = admin();
    TASKS.setLevel(Level.FINE);
    try (RecordedLog log = new RecordedLog("")) {
      PostgresStore.Server.stopRunning();
      log.await("comes again: UNAVAILABLE");
      log.assertClean(); // not one stack trace, however often
    }
    auth(email, "a good password")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("2"))
        .body("type", equalTo("urn:simple-jwt-api:problem:unavailable"));
    everythingElseSaysSo(token);
    assertThat(contents(token)).isEqualTo(200);
    given().get(live).then().statusCode(200);
    given().get(ready).then().statusCode(200);
    as(admin)
        .get("/dashboard/data")
        .then()
        .statusCode(200)
        .body("store.answers", equalTo(false))
        .body("live.revocations.trusted", equalTo(true));
  }

  private static void everythingElseSaysSo(String token) {
    String unknown = "x".repeat(64);
    List<Response> answers =
        List.of(
            json(Map.of("refresh_token", unknown)).post("/auth/refresh"),
            json(Map.of("refresh_token", unknown)).post("/auth/logout"),
            as(token).post("/auth/logout"),
            json(Map.of("email", newEmail(), "password", "a good password")).post("/accounts"),
            as(token).get("/accounts/me"),
            as(token).delete("/accounts/me"),
            as(token, Map.of("current", "a good password", "new", "another password"))
                .put("/accounts/me/password"),
            as(token).get("/accounts/me/sessions"),
            as(token).delete("/accounts/me/sessions"));
    for (Response answer : answers) {
      answer.then().statusCode(503).header("Retry-After", equalTo("2"));
    }
  }
}
