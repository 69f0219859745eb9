package io.simplejwt.http;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.simplejwt.store.EmbeddedStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JWT API that this service replaces did, row by row: kept, or fixed. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class SeedContractTest {
  @Test
  void rootSaysHealthyAsAJsonString() {
    given().get("/").then().statusCode(200).contentType("application/json");
    assertThat(given().get("/").asString()).isEqualTo("\"Healthy\"");
  }

  @Test
  void signInAnswersWithATokenThatNoCacheKeeps() {
    auth(newEmail(), "mypwd")
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("token", startsWith("eyJ"))
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo(3600));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"password\":\"mypwd\"} | email",
        "{\"email\":null,\"password\":\"mypwd\"} | email",
        "{\"email\":\"\",\"password\":\"mypwd\"} | email",
        "{} | email",
        "{\"email\":\"abc@xyz.com\"} | password",
        "{\"email\":\"abc@xyz.com\",\"password\":null} | password",
        "{\"email\":\"abc@xyz.com\",\"password\":\"\"} | password"
      })
  void namesTheMissingParameterEmailFirst(String body, String parameter) {
    post(body)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:simple-jwt-api:problem:missing-parameter"))
        .body("detail", equalTo("Missing parameter: " + parameter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "x", "[]", "\"text\"", "7", "null", "[{}]", "{\"email\":}"})
  void refusesWhatIsNoJsonObject(String body) {
    post(body)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", equalTo(400))
        .body("detail", not(containsString("Exception")));
  }

  @Test
  void refusesOtherContentTypes() {
    String body = "{\"email\":\"abc@xyz.com\",\"password\":\"mypwd\"}";
    for (String type : new String[] {"text/plain", "application/xml", "x/y"}) {
      given()
          .header("Content-Type", type)
          .body(body.getBytes(StandardCharsets.UTF_8))
          .post("/auth")
          .then()
          .statusCode(415)
          .contentType("application/problem+json");
    }
  }

  @Test
  void verifiesThePassword() {
    String email = newEmail();
    signIn(email, "mypwd");
    auth(email, "mypwd2")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:simple-jwt-api:problem:invalid-credentials"));
  }

  @Test
  void contentsAnswersWithTheClaims() {
    String email = newEmail();
    as(signIn(email, "mypwd"))
        .get("/contents")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("email", equalTo(email))
        .body("exp", instanceOf(Integer.class))
        .body("nbf", instanceOf(Integer.class))
        .body("iss", equalTo("simple-jwt-api"))
        .body("email_verified", equalTo(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
  void acceptsTheSchemeInAnyCase(String scheme) {
    given()
        .header("Authorization", scheme + " " + signIn(newEmail(), "mypwd"))
        .get("/contents")
        .then()
        .statusCode(200);
  }

  @Test
  void refusesTheTokenWithoutItsScheme() {
    given()
        .header("Authorization", signIn(newEmail(), "mypwd"))
        .get("/contents")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", equalTo("Bearer realm=\"simple-jwt-api\""));
  }

  /** By the JDK alone, so that no library of ours vouches for itself. */
  @Test
  void signsWithHs256OverTheSecretAsItStands() throws Exception {
    String token = signIn(newEmail(), "mypwd");
    String[] parts = token.split("\\.");
    assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
        .contains("\"alg\":\"HS256\"", "\"typ\":\"JWT\"", "\"kid\":");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(EmbeddedStore.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(parts[2])
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
  }

  private static Response post(String body) {
    return given()
        .header("Content-Type", "application/json")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/auth");
  }
}
