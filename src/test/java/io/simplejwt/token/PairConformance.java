package io.simplejwt.token;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.simplejwt.store.EmbeddedStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

/** What holds over HTTP where key pairs sign. */
abstract class PairConformance extends AlgorithmConformance {
  @Test
  void publishesWhatVerifiesAndNothingElse() {
    given()
        .get("/.well-known/jwks.json")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Cache-Control", equalTo("public, max-age=300"))
        .body("keys[0].kid", equalTo(key().keyId()))
        .body("keys.alg", contains(config.algorithm()))
        .body("keys.use", contains("sig"))
        .body("keys[0]", not(hasKey("d")))
        .body("keys[0]", not(hasKey("k")));
  }

  @Test
  void jose4jVerifiesByTheSet() throws Exception {
    String claims =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(
                new HttpsJwksVerificationKeyResolver(
                    new HttpsJwks(root.resolve("/.well-known/jwks.json").toString())))
            .setJwsAlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, config.algorithm())
            .setExpectedIssuer(config.issuer())
            .setExpectedAudience(false, config.audience().orElse("nobody"))
            .setRequireExpirationTime()
            .build()
            .processToClaims(signIn(EmbeddedStore.ADMIN, EmbeddedStore.ADMIN_PASSWORD))
            .getClaimValueAsString("email");
    assertThat(claims).isEqualTo(EmbeddedStore.ADMIN);
  }

  /** Whoever holds the secret: it encrypts keys and signs nothing. */
  @Test
  void secretSignsNothing() {
    String payload = signIn(newEmail(), "a good password").split("\\.")[1];
    TokenKey secret = TokenKey.of(EmbeddedStore.SECRET);
    String input = new String(secret.header(), StandardCharsets.US_ASCII) + "." + payload;
    byte[] text = input.getBytes(StandardCharsets.US_ASCII);
    assertRefused(
        input + "." + new String(secret.sign(text, text.length), StandardCharsets.US_ASCII));
  }

  @Test
  void administratorRotates() {
    String token = signIn(newEmail(), "a good password");
    json(Map.of()).post("/keys/rotate").then().statusCode(401);
    as(token, Map.of()).post("/keys/rotate").then().statusCode(403);
    as(admin(), Map.of("compromised", "yes")).post("/keys/rotate").then().statusCode(400);

    String old = key().keyId();
    as(admin(), Map.of())
        .post("/keys/rotate")
        .then()
        .statusCode(200)
        .body("keys.state", equalTo(List.of("next", "current")))
        .body("keys[1].kid", equalTo(old))
        .body("keys[0]", not(hasKey("verifies_until")));
    given().get("/.well-known/jwks.json").then().body("keys.size()", equalTo(2));
    assertThat(contents(token)).isEqualTo(200);

    as(admin(), Map.of("compromised", true))
        .post("/keys/rotate")
        .then()
        .statusCode(200)
        .body("keys.state", contains("current"))
        .body("keys[0].alg", equalTo(config.algorithm()));
    assertRefused(token);
    assertThat(key().keyId()).isNotEqualTo(old);
    given().get("/.well-known/jwks.json").then().body("keys.kid", contains(key().keyId()));
    assertThat(contents(signIn(newEmail(), "a good password"))).isEqualTo(200);
  }
}
