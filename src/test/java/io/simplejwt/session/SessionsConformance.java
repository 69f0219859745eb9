package io.simplejwt.session;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.Response;
import io.simplejwt.store.TimeOrderedId;
import io.simplejwt.token.RevocationList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for the ends of sessions on either store. */
abstract class SessionsConformance extends SessionFixture {
  @Test
  void logoutEndsTheSessionAsOftenAsItIsAsked() {
    Response first = auth(newEmail(), PASSWORD);
    String token = first.path("token");
    String account = accountId(token);
    given().post("/auth/logout").then().statusCode(401);
    as(token).post("/auth/logout").then().statusCode(204);
    assertThat(contents(token)).isEqualTo(401);
    as(token).post("/auth/logout").then().statusCode(204);
    as(token + "x").post("/auth/logout").then().statusCode(401);
    assertRefused(refresh(first));
    assertThat(audited("logout", account)).isEqualTo(1);
  }

  @Test
  void logoutByAnyRefreshTokenOfTheSession() {
    for (boolean old : new boolean[] {true, false}) {
      Response first = auth(newEmail(), PASSWORD);
      Response second = refresh(first);
      String token = (old ? first : second).path("refresh_token");
      logout(token).then().statusCode(204);
      assertThat(contents(second.path("token"))).isEqualTo(401);
      logout(token).then().statusCode(204);
    }
    logout("nonsense").then().statusCode(204);
  }

  @Test
  void ownerSeesAndEndsSessions() {
    String email = newEmail();
    String one = signIn(email, PASSWORD);
    String two = signIn(email, PASSWORD);
    String three = signIn(email, PASSWORD);
    String stranger = signIn(newEmail(), PASSWORD);
    Response list = as(one).get("/accounts/me/sessions");
    list.then().statusCode(200).body("sessions", hasSize(3));
    assertThat(list.<List<String>>path("sessions.address")).containsOnly("127.0.0.1");
    assertThat(list.<List<String>>path("sessions.last_used_at"))
        .allSatisfy(time -> assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
    assertThat(list.<String>path("sessions.find { it.current }.id")).isEqualTo(sid(one));
    for (String id : List.of(sid(two), TimeOrderedId.at(Instant.now()), "x", "' OR 1=1", "%00")) {
      as(stranger).delete("/accounts/me/sessions/{id}", id).then().statusCode(404);
    }
    String id = sid(two);
    as(one).delete("/accounts/me/sessions/{id}", id).then().statusCode(204);
    as(one).delete("/accounts/me/sessions/{id}", id).then().statusCode(404);
    assertThat(contents(two)).isEqualTo(401);
    assertThat(contents(three)).isEqualTo(200);
    as(one).delete("/accounts/me/sessions").then().statusCode(204);
    assertThat(contents(three)).isEqualTo(401);
    assertThat(contents(one)).isEqualTo(200);
    as(one).get("/accounts/me/sessions").then().body("sessions", hasSize(1));
    assertThat(contents(stranger)).isEqualTo(200);
  }

  @Test
  void administratorSeesAndEndsSessionsOfOthers() {
    String email = newEmail();
    String one = signIn(email, PASSWORD);
    String two = signIn(email, PASSWORD);
    String three = signIn(email, PASSWORD);
    String stranger = signIn(newEmail(), PASSWORD);
    String account = accountId(one);
    String path = "/accounts/" + account + "/sessions";
    String admin = admin();
    as(stranger).get(path).then().statusCode(403);
    as(stranger).delete(path).then().statusCode(403);
    as(one).delete(path + "/" + sid(two)).then().statusCode(403);
    given().get(path).then().statusCode(401);
    Response list = as(admin).get(path);
    list.then().statusCode(200).body("sessions", hasSize(3));
    assertThat(list.<List<Boolean>>path("sessions.current")).containsOnly(false);
    String id = sid(two);
    as(admin).delete(path + "/" + id).then().statusCode(204);
    assertThat(contents(two)).isEqualTo(401);
    for (String other : List.of(id, sid(stranger), sid(admin), "x", "%00")) {
      as(admin).delete(path + "/{id}", other).then().statusCode(404);
    }
    assertThat(contents(stranger)).isEqualTo(200);
    as(admin).delete(path).then().statusCode(204);
    assertThat(contents(one)).isEqualTo(401);
    assertThat(contents(three)).isEqualTo(401);
    assertThat(audited("session-ended", account)).isEqualTo(2);
    as(admin).get(path).then().statusCode(200).body("sessions", hasSize(0));
    String nobody = "/accounts/" + TimeOrderedId.at(Instant.now()) + "/sessions";
    as(admin).get(nobody).then().statusCode(404);
    as(admin).delete(nobody).then().statusCode(404);
  }

  /** Whoever speaks to the service directly can write any header. */
  @Test
  void addressIsThePeersWhereNoProxyIsTrusted() {
    Response answer =
        json(Map.of("email", newEmail(), "password", PASSWORD))
            .header("X-Forwarded-For", "203.0.113.9")
            .header("Forwarded", "for=203.0.113.9")
            .post("/auth");
    as(answer.path("token"))
        .get("/accounts/me/sessions")
        .then()
        .body("sessions[0].address", equalTo("127.0.0.1"));
  }

  @Test
  void sessionOfTheReleaseBeforeIsNoneThatRefreshes() {
    String token = signIn(newEmail(), PASSWORD);
    String id = sid(token);
    for (String column : List.of("chain_hash", "refresh_hash", "used_at")) {
      set(id, column, null);
    }
    as(token).get("/accounts/me/sessions").then().statusCode(200).body("sessions", hasSize(1));
    as(token).post("/auth/logout").then().statusCode(204);
    assertThat(contents(token)).isEqualTo(401);
  }

  /** A second list on the same store is what another replica has. */
  @Test
  void anotherReplicaSeesWhatEndsHere() {
    RevocationList elsewhere = new RevocationList();
    RevocationFollower follower = follower(elsewhere);
    String before = signIn(newEmail(), PASSWORD);
    String beforeId = sid(before);
    as(before).post("/auth/logout");
    assertThat(elsewhere.isTrusted()).isFalse();
    follower.start(null);
    assertThat(elsewhere.isTrusted()).isTrue();
    assertThat(elsewhere.hasEnded(beforeId)).isTrue();
    String after = signIn(newEmail(), PASSWORD);
    String afterId = sid(after);
    as(after).post("/auth/logout");
    assertThat(elsewhere.hasEnded(afterId)).isFalse();
    follower.follow();
    assertThat(elsewhere.hasEnded(afterId)).isTrue();
  }
}
