package io.simplejwt.session;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static io.simplejwt.session.SessionFixture.refresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.simplejwt.store.EmbeddedStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other services may ask (RFC 7662) and end (RFC 7009). */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class IntrospectionTest {
  private static final String PASSWORD = "a good password";
  private static final String NOTHING = "{\"active\":false}";
  private static final String FORM = "application/x-www-form-urlencoded";

  private String service;

  @BeforeEach
  void signInAsAService() {
    String email = newEmail();
    String id = accountId(signIn(email, PASSWORD));
    as(admin(), Map.of("roles", List.of("service"))).patch("/accounts/" + id);
    service = signIn(email, PASSWORD);
  }

  @Test
  void tellsOfAnAccessTokenWhatItSays() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    Response claims = as(token).get("/contents");
    Response answer = introspect(token);
    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("active", equalTo(true))
        .body("token_type", equalTo("Bearer"))
        .body("username", equalTo(email));
    for (String name : List.of("iss", "sub", "groups", "iat", "nbf", "exp", "jti", "sid")) {
      assertThat(answer.<Object>path(name)).as(name).isEqualTo(claims.path(name));
    }
  }

  @Test
  void tellsOfARefreshTokenThatItCanBeUsedWithoutUsingIt() {
    Response first = auth(newEmail(), PASSWORD);
    Response answer = introspect(first.path("refresh_token"));
    answer
        .then()
        .body("active", equalTo(true))
        .body("sub", equalTo(accountId(first.path("token"))));
    assertThat(answer.<Object>path("token_type")).isNull();
    Response second = refresh(first);
    second.then().statusCode(200);
    assertThat(introspect(first.path("refresh_token")).asString()).isEqualTo(NOTHING);
    introspect(second.path("refresh_token")).then().body("active", equalTo(true));
    refresh(second).then().statusCode(200); // asking about the old one has ended nothing
  }

  @Test
  void saysNothingElseOfWhatIsNotInForce() {
    Response ended = auth(newEmail(), PASSWORD);
    as(ended.path("token")).post("/auth/logout");
    String good = signIn(newEmail(), PASSWORD);
    for (String token :
        List.of(
            ended.<String>path("token"),
            ended.<String>path("refresh_token"),
            good + "x",
            good.substring(0, good.lastIndexOf('.') + 1),
            "A".repeat(64),
            "x",
            "\u0000",
            "x".repeat(30_000))) {
      Response answer = introspect(token);
      answer.then().statusCode(200);
      assertThat(answer.asString()).isEqualTo(NOTHING);
    }
  }

  @Test
  void asksForTheRoleAndForAForm() {
    String token = signIn(newEmail(), PASSWORD);
    for (String path : List.of("/introspect", "/revoke")) {
      given().contentType(FORM).formParam("token", token).post(path).then().statusCode(401);
      form(token).formParam("token", token).post(path).then().statusCode(403);
      form(admin()).formParam("token", token).post(path).then().statusCode(403);
      for (String body : List.of("", "token=", "other=" + token, "=x", "token")) {
        as(service).contentType(FORM).body(body).post(path).then().statusCode(400);
      }
      for (String body : List.of("token=a&token=b", "token=%zz", "token=a&x=1&x=2")) {
        as(service)
            .contentType(FORM)
            .body(body)
            .post(path)
            .then()
            .statusCode(400)
            .body("type", equalTo("urn:simple-jwt-api:problem:invalid-request"));
      }
      as(service, Map.of("token", token))
          .post(path)
          .then()
          .statusCode(415)
          .body("detail", containsString(FORM));
    }
    given().contentType(FORM).body("email=a").post("/auth").then().statusCode(415);
    assertThat(contents(token)).isEqualTo(200);
  }

  @Test
  void revokingEndsTheSessionByEitherToken() {
    for (String kind : List.of("token", "refresh_token")) {
      Response first = auth(newEmail(), PASSWORD);
      for (int i = 0; i < 2; i++) {
        form(service)
            .formParam("token", first.<String>path(kind))
            .formParam("token_type_hint", "whatever")
            .post("/revoke")
            .then()
            .statusCode(200);
        assertThat(contents(first.path("token"))).isEqualTo(401);
      }
      refresh(first).then().statusCode(401);
    }
    form(service).formParam("token", "unknown").post("/revoke").then().statusCode(200);
  }

  private Response introspect(String token) {
    return form(service)
        .formParam("token", token)
        .formParam("token_type_hint", "refresh_token")
        .post("/introspect");
  }

  private static RequestSpecification form(String bearer) {
    return as(bearer).contentType(FORM);
  }
}
