package io.simplejwt.http;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.simplejwt.store.EmbeddedStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a token may be presented, on the path with a door of its own and on one of the others. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class BearerTest {
  private static final String INVALID = "Bearer realm=\"simple-jwt-api\", error=\"invalid_token\"";

  @ParameterizedTest
  @ValueSource(strings = {"/contents", "/accounts/me"})
  void asksForATokenWithoutCallingAnythingWrong(String path) {
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("Authorization", "Basic YWJjOmRlZg=="),
            Map.of("Authorization", ""),
            Map.of("Authorization", "Bearerx"),
            Map.of("Cookie", "Bearer=" + signIn(newEmail(), "mypwd")))) {
      given()
          .headers(headers)
          .get(path)
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .header("WWW-Authenticate", equalTo("Bearer realm=\"simple-jwt-api\""))
          .body("type", equalTo("urn:simple-jwt-api:problem:missing-token"));
    }
    given()
        .queryParam("access_token", signIn(newEmail(), "mypwd"))
        .get(path)
        .then()
        .statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/contents", "/accounts/me"})
  void saysOneThingOfEveryTokenThatIsWrong(String path) {
    String token = signIn(newEmail(), "mypwd");
    for (String header :
        List.of(
            "Bearer",
            "Bearer ",
            "Bearer x",
            "Bearer  " + token,
            "Bearer " + token + " ",
            "Bearer " + token + " x",
            "Bearer " + token + "A",
            "Bearer \t" + token,
            "Bearer eyJhbGciOiJub25lIn0.e30.",
            "Bearer " + "A".repeat(7000),
            "Bearer " + token.substring(0, token.lastIndexOf('.') + 1))) {
      Response answer = given().header("Authorization", header).get(path);
      // Trailing white space is no part of a header's value (RFC 9110 §5.5).
      boolean honest = header.strip().equals("Bearer " + token);
      assertThat(answer.statusCode()).as(header).isEqualTo(honest ? 200 : 401);
      if (!honest) {
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(INVALID);
        assertThat(answer.asString().replaceAll("\"request_id\":\"[^\"]*\"", ""))
            .isEqualTo(
                given()
                    .header("Authorization", "Bearer x")
                    .get(path)
                    .asString()
                    .replaceAll("\"request_id\":\"[^\"]*\"", ""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/contents", "/accounts/me"})
  void refusesTwoAuthorizationHeaders(String path) {
    String good = "Bearer " + signIn(newEmail(), "mypwd");
    for (String other : List.of(good, "Bearer x", "Basic YWJj")) {
      given().header("Authorization", good, other).get(path).then().statusCode(401);
      given().header("Authorization", other, good).get(path).then().statusCode(401);
    }
  }

  @Test
  void refusesHeadersThatNoTokenNeeds() {
    assertThat(withTokenOf(9_000)).isEqualTo(401);
    assertThat(withTokenOf(30_000)).isEqualTo(431);
  }

  private static int withTokenOf(int size) {
    return given()
        .header("Authorization", "Bearer " + "A".repeat(size))
        .get("/contents")
        .statusCode();
  }

  @Test
  void asksNoTokenForPublicPaths() {
    given().header("Authorization", "Bearer x").get("/").then().statusCode(200);
  }
}
