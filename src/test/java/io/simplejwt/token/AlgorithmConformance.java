package io.simplejwt.token;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds over HTTP whatever signs the tokens. Every wrong one gets the same answer; the classes
 * beside this one try more of them without HTTP.
 */
abstract class AlgorithmConformance {
  private static final String PASSWORD = "a good password";
  private static final int LONGEST_SENT = 12_000; // beyond that the HTTP server answers, with 431

  @Inject TokenKeys keys;
  @Inject JwtConfig config;
  @TestHTTPResource URI root;

  @Test
  void signsByTheAlgorithmThatIsConfigured() {
    String token = signIn(newEmail(), PASSWORD);
    assertThat(Forge.decode(token.split("\\.")[0]))
        .startsWith("{\"alg\":\"" + config.algorithm() + "\",\"typ\":\"JWT\",\"kid\":\"");
    assertThat(contents(token)).isEqualTo(200);
    assertThat(as(token).get("/accounts/me").statusCode()).isEqualTo(200);
  }

  @Test
  void saysOneThingOfEveryHeaderThatItDoesNotWrite() {
    String payload = signIn(newEmail(), PASSWORD).split("\\.")[1];
    ForgedTokenTest.headers(config.algorithm(), key())
        // Before it is signed: Corretto's provider takes a megabyte at most for an EdDSA signature.
        .filter(header -> header.length() < LONGEST_SENT)
        .map(header -> signed(header, payload))
        .filter(token -> token.length() < LONGEST_SENT)
        .forEach(this::assertRefused);
  }

  @Test
  void saysOneThingOfEverySignatureThatIsNotIts() {
    String token = signIn(newEmail(), PASSWORD);
    String input = token.substring(0, token.lastIndexOf('.') + 1);
    String signature = token.substring(input.length());
    Stream.of(
            "",
            signature.substring(0, signature.length() - 4),
            signature + "AAAA",
            Forge.encode(new byte[32]),
            Forge.encode(new byte[64]), // r = s = 0
            signature + "=",
            signature.substring(0, 40) + "+/",
            signature.substring(0, 40) + "!",
            signature.substring(0, 40) + "%41",
            signature + "." + signature,
            "." + signature)
        .forEach(other -> assertRefused(input + other));
    assertThat(contents(token)).isEqualTo(200);
  }

  @Test
  void saysOneThingOfEveryClaimThatIsWrong() {
    String payload = Forge.decode(signIn(newEmail(), PASSWORD).split("\\.")[1]);
    String header = Forge.decode(new String(key().header(), StandardCharsets.US_ASCII));
    long now = Instant.now().getEpochSecond();
    assertThat(contents(signed(header, Forge.encode(payload.getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo(200);
    for (String wrong :
        List.of(
            payload.replaceAll("\"exp\":\\d+", "\"exp\":" + (now - 10)),
            payload.replaceAll("\"exp\":\\d+,", ""),
            payload.replaceAll("\"exp\":(\\d+)", "\"exp\":\"$1\""),
            payload.replaceAll("\"exp\":(\\d+)", "\"exp\":$1.5"),
            payload.replaceAll("\"exp\":\\d+", "\"exp\":1e99"),
            payload.replaceAll("\"exp\":(\\d+)", "\"exp\":-$1"),
            payload.replaceAll("\"nbf\":\\d+", "\"nbf\":" + (now + 60)),
            payload.replaceAll("\"iat\":\\d+", "\"iat\":" + (now + 60)),
            payload.replaceAll("\"iss\":\"[^\"]*\"", "\"iss\":\"https://elsewhere\""),
            payload.replaceAll("\"iss\":\"[^\"]*\",", ""),
            payload.replaceAll("\"sub\":\"[^\"]*\",", ""),
            payload.replaceAll("}$", ",\"sub\":\"somebody\"}"),
            payload.replaceAll("}$", ",\"groups\":[\"admin\"]}"),
            payload.replaceAll("\"email\":\"", "\"email\":\"\u0000"),
            "\uFEFF" + payload,
            payload + payload,
            "[" + payload + "]",
            "null")) {
      assertThat(wrong).isNotEqualTo(payload);
      assertRefused(signed(header, Forge.encode(wrong.getBytes(StandardCharsets.UTF_8))));
    }
  }

  @Test
  void asksNobodyForAKeyThatATokenBrings() throws Exception {
    String payload = signIn(newEmail(), PASSWORD).split("\\.")[1];
    String header = Forge.decode(new String(key().header(), StandardCharsets.US_ASCII));
    try (ServerSocket attacker = new ServerSocket(0)) {
      String address = "http://127.0.0.1:" + attacker.getLocalPort() + "/keys";
      for (String name : List.of("jku", "x5u")) {
        String inviting = header.replace("}", ",\"" + name + "\":\"" + address + "\"}");
        assertRefused(signed(inviting, payload));
      }
      attacker.setSoTimeout(200);
      assertThatThrownBy(attacker::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void endsWithTheAccountsRights() {
    String admin = admin();
    String deleted = signIn(newEmail(), PASSWORD);
    assertThat(as(deleted).delete("/accounts/me").statusCode()).isEqualTo(204);
    assertRefused(deleted);

    String disabled = signIn(newEmail(), PASSWORD);
    as(admin, Map.of("disabled", true))
        .patch("/accounts/" + accountId(disabled))
        .then()
        .statusCode(200);
    assertRefused(disabled);

    String promoted = signIn(newEmail(), PASSWORD);
    as(admin, Map.of("roles", List.of("query")))
        .patch("/accounts/" + accountId(promoted))
        .then()
        .statusCode(200);
    assertRefused(promoted);

    String email = newEmail();
    String other = signIn(email, PASSWORD);
    String changing = signIn(email, PASSWORD);
    as(changing, Map.of("current", PASSWORD, "new", "another good one"))
        .put("/accounts/me/password")
        .then()
        .statusCode(204);
    assertRefused(other);
    assertThat(contents(changing)).isEqualTo(200);
  }

  @Test
  void takesATokenFromTheHeaderOnly() {
    String token = signIn(newEmail(), PASSWORD);
    assertThat(given().header("Authorization", "bEARER " + token).get("/contents").statusCode())
        .isEqualTo(200);
    for (String header : List.of("Bearer  " + token, "Bearer " + token + " x")) {
      assertInvalid(given().header("Authorization", header).get("/contents"));
    }
    assertInvalid(
        given().header("Authorization", "Bearer " + token, "Bearer " + token).get("/contents"));
    for (Response without :
        List.of(
            given().queryParam("access_token", token).get("/contents"),
            given().cookie("access_token", token).get("/contents"),
            given().header("Authorization", token).get("/contents"))) {
      without
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", equalTo("Bearer realm=\"simple-jwt-api\""));
    }
    assertThat(as("A".repeat(30_000)).get("/contents").statusCode()).isEqualTo(431);
  }

  /** Signed by the key that signs now, whatever the header says. */
  private String signed(String header, String payload) {
    String input = Forge.encode(header.getBytes(StandardCharsets.UTF_8)) + "." + payload;
    byte[] text = input.getBytes(StandardCharsets.US_ASCII);
    return input + "." + new String(key().sign(text, text.length), StandardCharsets.US_ASCII);
  }

  TokenKey key() {
    return keys.signing(Instant.now());
  }

  void assertRefused(String token) {
    assertInvalid(as(token).get("/contents"));
  }

  private static void assertInvalid(Response answer) {
    answer
        .then()
        .statusCode(401)
        .header(
            "WWW-Authenticate",
            equalTo("Bearer realm=\"simple-jwt-api\", error=\"invalid_token\""));
    assertThat(answer.asString().replaceAll("\"request_id\":\"[^\"]*\"", ""))
        .isEqualTo(
            "{\"type\":\"urn:simple-jwt-api:problem:invalid-token\",\"title\":\"The token is not valid\",\"status\":401,\"detail\":\"Sign in again by POST /auth and send the new token\",}");
  }
}
