package io.simplejwt.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told about every answer, and what none is told about the service. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class SecurityHeadersTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/contents", "/auth", "/nothing", "/accounts", "/%00"})
  void everyAnswerIsTakenForWhatItIs(String path) {
    given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Content-Security-Policy", equalTo("default-src 'none'; frame-ancestors 'none'"))
        .header("Referrer-Policy", equalTo("no-referrer"))
        .header("Cache-Control", equalTo("no-store"))
        .header("Strict-Transport-Security", nullValue())
        .header("Server", nullValue())
        .header("X-Powered-By", nullValue());
  }

  @Test
  void whatMayBeCachedSaysSo() {
    given()
        .get("/.well-known/jwks.json")
        .then()
        .header("Cache-Control", equalTo("public, max-age=300"))
        .header("X-Content-Type-Options", equalTo("nosniff"));
  }

  @Test
  void noScriptOfAnotherOriginMayCall() {
    for (String origin : new String[] {"https://evil.example.org", "null"}) {
      given()
          .header("Origin", origin)
          .get("/")
          .then()
          .statusCode(200) // as for a program that is no browser
          .header("Access-Control-Allow-Origin", nullValue());
      given()
          .headers(Map.of("Origin", origin, "Access-Control-Request-Method", "POST"))
          .options("/auth")
          .then()
          .header("Access-Control-Allow-Origin", nullValue())
          .header("Access-Control-Allow-Methods", nullValue());
    }
  }
}
