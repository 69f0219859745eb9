package io.simplejwt.session;

import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.json;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.simplejwt.store.Database;
import io.simplejwt.token.RevocationList;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** What tests of sessions do to them, and look at. */
abstract class SessionFixture {
  static final String PASSWORD = "a good password";
  static final String REFUSED = "urn:simple-jwt-api:problem:invalid-refresh-token";

  @TestHTTPResource URI root;
  @Inject Database database;
  @Inject EndedStore endedStore;
  @Inject Sessions sessions;
  @Inject SessionStore store;
  @Inject Clock clock;
  @Inject MeterRegistry metrics;

  RevocationFollower follower(RevocationList list) {
    return new RevocationFollower(
        endedStore, list, () -> Duration.ofMinutes(5), new SimpleMeterRegistry(), clock);
  }

  static Response refresh(Response answer) {
    return refresh(answer.<String>path("refresh_token"));
  }

  static Response refresh(String token) {
    return json(Map.of("refresh_token", token)).post("/auth/refresh");
  }

  static Response logout(String refreshToken) {
    return json(Map.of("refresh_token", refreshToken)).post("/auth/logout");
  }

  static void assertRefused(Response answer) {
    answer
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", equalTo("Bearer realm=\"simple-jwt-api\""))
        .body("type", equalTo(REFUSED));
  }

  static String sid(String token) {
    return as(token).get("/contents").then().statusCode(200).extract().path("sid");
  }

  static String claim(Response answer, String name) {
    return as(answer.path("token")).get("/contents").then().statusCode(200).extract().path(name);
  }

  /** From the token's own text, since {@code /contents} tells nothing of an ended one. */
  static String claimOfEnded(Response answer) {
    String payload = answer.<String>path("token").split("\\.")[1];
    String json = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    return JsonPath.from(json).getString("sid");
  }

  void age(String id, long seconds) {
    database.query(
        sql ->
            sql.createUpdate("UPDATE session SET used_at = used_at - :seconds WHERE id = :id")
                .bind("seconds", seconds)
                .bind("id", id)
                .execute());
  }

  void set(String id, String column, Object value) {
    database.query(
        sql ->
            value == null
                ? sql.createUpdate("UPDATE session SET " + column + " = NULL WHERE id = :id")
                    .bind("id", id)
                    .execute()
                : sql.createUpdate("UPDATE session SET " + column + " = :value WHERE id = :id")
                    .bind("value", value)
                    .bind("id", id)
                    .execute());
  }

  long endOfTokens(String id) {
    return database.query(
        sql ->
            sql.createQuery("SELECT tokens_expire_at FROM session WHERE id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one());
  }

  String row(String id) {
    return database.query(
        sql ->
            sql.createQuery("SELECT * FROM session WHERE id = :id")
                .bind("id", id)
                .mapToMap()
                .one()
                .toString());
  }

  boolean sealed(String id) {
    return !row(id).contains("sealed_child=null");
  }

  long audited(String kind, String account) {
    return database.query(
        sql ->
            sql.createQuery(
                    "SELECT COALESCE(sum(times), 0) FROM audit"
                        + " WHERE kind = :kind AND account = :account")
                .bind("kind", kind)
                .bind("account", account)
                .mapTo(Long.class)
                .one());
  }

  double hashes() {
    return metrics.get("password.hashes").counter().count();
  }
}
