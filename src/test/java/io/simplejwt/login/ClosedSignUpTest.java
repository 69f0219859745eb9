package io.simplejwt.login;

import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.simplejwt.store.EmbeddedStore;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As the service stands outside development. */
@QuarkusTest
@TestProfile(EmbeddedStore.Closed.class)
class ClosedSignUpTest {
  private static final String PASSWORD = "umbrella gravel seventeen";
  @Inject MeterRegistry metrics;

  @Test
  void nobodySignsUp() {
    String email = newEmail();
    auth(email, PASSWORD).then().statusCode(401);
    Map<String, String> body = Map.of("email", email, "password", PASSWORD);
    json(body)
        .post("/accounts")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", equalTo("Bearer realm=\"simple-jwt-api\""));
    as(admin(), body).post("/accounts").then().statusCode(201);
    as(signIn(email, PASSWORD), Map.of("email", newEmail(), "password", PASSWORD))
        .post("/accounts")
        .then()
        .statusCode(403)
        .header("WWW-Authenticate", containsString("error=\"insufficient_scope\""));
  }

  /** One message, one cost, whatever was wrong. */
  @Test
  void everyRefusalSaysTheSameAndCostsOneHash() {
    String email = newEmail();
    as(admin(), Map.of("email", email, "password", PASSWORD)).post("/accounts");
    String disabled = newEmail();
    String id =
        as(admin(), Map.of("email", disabled, "password", PASSWORD)).post("/accounts").path("id");
    as(admin(), Map.of("disabled", true)).patch("/accounts/" + id).then().statusCode(200);
    String expected = refusal(email, "wrong");
    for (List<String> attempt :
        List.of(
            List.of(newEmail(), PASSWORD),
            List.of(email, "x".repeat(60_000)),
            List.of(email, "x".repeat(257)),
            List.of(email, "\u0000"),
            List.of(email, PASSWORD + "\u0000"),
            List.of(disabled, PASSWORD),
            List.of(disabled, "wrong"),
            List.of("not an email", PASSWORD),
            List.of("' OR 1=1 --@x", PASSWORD),
            List.of("a".repeat(50_000) + "@b", PASSWORD),
            List.of("\u0000@b", PASSWORD))) {
      assertThat(refusal(attempt.get(0), attempt.get(1))).isEqualTo(expected);
    }
  }

  @Test
  void whatIsNotEvenTriedCostsNoHash() {
    double before = hashes();
    json("{\"email\":\"a@b\"}").post("/auth").then().statusCode(400);
    json("{").post("/auth").then().statusCode(400);
    json(Map.of("email", "a@b", "password", PASSWORD)).post("/accounts").then().statusCode(401);
    assertThat(hashes()).isEqualTo(before);
  }

  @Test
  void newPasswordsAreLongAndNotGuessable() {
    String admin = admin();
    for (Map.Entry<String, String> bad :
        Map.of(
                "fourteen chars",
                "needs 15 at least",
                "passwordpassword",
                "first that would be guessed",
                "x".repeat(257),
                "more than 256")
            .entrySet()) {
      as(admin, Map.of("email", newEmail(), "password", bad.getKey()))
          .post("/accounts")
          .then()
          .statusCode(400)
          .body("type", equalTo("urn:simple-jwt-api:problem:unacceptable-password"))
          .body("detail", containsString(bad.getValue()));
    }
  }

  private String refusal(String email, String password) {
    double before = hashes();
    Response answer = auth(email, password);
    answer.then().statusCode(401);
    assertThat(hashes()).as(email).isEqualTo(before + 1);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"simple-jwt-api\"");
    return answer.asString().replaceAll("\"request_id\":\"[^\"]*\"", "");
  }

  private double hashes() {
    return metrics.get("password.hashes").counter().count();
  }
}
