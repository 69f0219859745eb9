package io.simplejwt.http;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.newEmail;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.simplejwt.store.EmbeddedStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scripts of the origins in {@code CORS_ORIGINS} may call from a browser, those of others not. */
@QuarkusTest
@TestProfile(CorsTest.TwoOrigins.class)
class CorsTest {
  private static final String OURS = "https://app.example.org";

  /** Two, of which one has a port. */
  public static final class TwoOrigins extends EmbeddedStore {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = super.getConfigOverrides();
      settings.put("cors.origins", OURS + " http://localhost:3000");
      settings.put("jwt.issuer", "https://auth.example.org");
      return settings;
    }
  }

  @Test
  void preflightAllowsWhatCallsNeed() {
    given()
        .headers(
            Map.of(
                "Origin", OURS,
                "Access-Control-Request-Method", "PATCH",
                "Access-Control-Request-Headers", "authorization,content-type"))
        .options("/accounts/some-id")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", equalTo(OURS))
        .header("Access-Control-Allow-Methods", containsString("PATCH"))
        .header("Access-Control-Allow-Headers", containsString("Authorization"))
        .header("Access-Control-Max-Age", equalTo("600"))
        .header("Access-Control-Allow-Credentials", equalTo("false"));
  }

  @Test
  void scriptReadsTheAnswerAndItsHeaders() {
    given()
        .contentType(ContentType.JSON)
        .header("Origin", "http://localhost:3000")
        .body(Map.of("email", newEmail(), "password", "mypwd"))
        .post("/auth")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", equalTo("http://localhost:3000"))
        .header("Access-Control-Expose-Headers", containsString("Retry-After"))
        .body("token", notNullValue());
  }

  @Test
  void otherOriginsAreRefused() {
    for (String origin :
        new String[] {"https://evil.example.org", OURS + ".evil.org", OURS + ":444", "null"}) {
      given()
          .header("Origin", origin)
          .get("/contents")
          .then()
          .statusCode(403)
          .header("Access-Control-Allow-Origin", nullValue());
    }
  }

  @Test
  void optionsStillSaysWhatAPathKnows() {
    given().options("/auth").then().statusCode(204).header("Allow", equalTo("OPTIONS, POST"));
  }

  /** The issuer's address tells that it is reached by TLS. */
  @Test
  void serviceBehindTlsWantsNothingElse() {
    given().get("/").then().header("Strict-Transport-Security", equalTo("max-age=31536000"));
  }
}
