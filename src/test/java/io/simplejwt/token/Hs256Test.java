package io.simplejwt.token;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class Hs256Test extends AlgorithmConformance {
  @Test
  void publishesNoSecret() {
    given()
        .get("/.well-known/jwks.json")
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("public, max-age=300"))
        .body("$", equalTo(Map.of("keys", List.of())));
  }

  @Test
  void isNoAuthorizationServerWithoutAnAddress() {
    given()
        .get("/.well-known/oauth-authorization-server")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void secretIsNotRotatedByCall() {
    as(admin(), Map.of("compromised", true))
        .post("/keys/rotate")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:simple-jwt-api:problem:no-key-pairs"));
  }
}
