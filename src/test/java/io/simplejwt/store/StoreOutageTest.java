package io.simplejwt.store;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
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

  @TestHTTPResource(value = "/health/ready", management = true)
  URI ready;

  @Test
  void tokensAreReadOnAndTheRestSaysWhenToTryAgain() {
    String email = newEmail();
    String token = signIn(email, "a good password");
    String admin = admin();
    PostgresStore.Server.stopRunning();
    auth(email, "a good password")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("2"))
        .body("type", equalTo("urn:simple-jwt-api:problem:unavailable"));
    assertThat(contents(token)).isEqualTo(200);
    given().get(ready).then().statusCode(200);
    as(admin)
        .get("/dashboard/data")
        .then()
        .statusCode(200)
        .body("store.answers", equalTo(false))
        .body("live.revocations.trusted", equalTo(true));
  }
}
