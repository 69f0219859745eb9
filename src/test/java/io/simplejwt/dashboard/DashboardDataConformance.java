package io.simplejwt.dashboard;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;

import io.restassured.path.json.JsonPath;
import io.simplejwt.store.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for {@code GET /dashboard/data} on either store. */
abstract class DashboardDataConformance {
  private static final String PASSWORD = "a good password";

  @Inject Database database;

  abstract String storeKind();

  @Test
  void onlyAdministratorsSee() {
    given().get("/dashboard/data").then().statusCode(401);
    as(signIn(newEmail(), PASSWORD)).get("/dashboard/data").then().statusCode(403);
    as(admin()).get("/dashboard/data").then().statusCode(200);
  }

  @Test
  void tellsOfTheReplicaAndItsFigures() {
    String admin = admin();
    assertThat(contents(admin)).isEqualTo(200);
    as(admin)
        .get("/dashboard/data")
        .then()
        .body("store.kind", equalTo(storeKind()))
        .body("store.answers", equalTo(true))
        .body("replica.version", equalTo("unknown"))
        .body("replica.color", equalTo("none"))
        .body("replica.started_at", matchesPattern("\\d{4}-.*Z"))
        .body("live.auth.count", greaterThan(0))
        .body("live.auth.total_ms", greaterThan(0f))
        .body("live.contents.count", greaterThan(0))
        .body("live.hashing.hashes", greaterThan(0))
        .body("live.revocations.trusted", equalTo(true))
        .body("kinds", hasItems("sign-in", "refusal", "query"));
  }

  @Test
  void countsEachHourOnce() throws InterruptedException {
    Instant hour = hourThatLasts();
    int last = 719;
    long signIns = total(data("720"), "sign-in", "");
    count(hour.minus(719, ChronoUnit.HOURS), "sign-in", "", 3, 5);
    count(hour.minus(720, ChronoUnit.HOURS), "sign-in", "", 3, 100); // older than is asked for
    count(hour.minus(719, ChronoUnit.HOURS), "refusal", "test of hours", 1, 7);
    count(hour.minus(2, ChronoUnit.HOURS), "refusal", "test of hours", 2, 11);
    JsonPath data = data("720");
    assertThat(total(data, "sign-in", "")).isBetween(signIns + 5, signIns + 6); // and our own
    List<Integer> refusals = times(data, "refusal", "test of hours");
    assertThat(refusals).hasSize(720);
    assertThat(refusals.get(0)).isEqualTo(7);
    assertThat(refusals.get(last - 2)).isEqualTo(11);
    assertThat(times(data("24"), "refusal", "test of hours").get(21)).isEqualTo(11);
    assertThat(Instant.parse(data.getString("history.first_hour")))
        .isEqualTo(hour.minus(719, ChronoUnit.HOURS));
  }

  @Test
  void countsSessionsThatLive() throws InterruptedException {
    long before = active();
    String token = signIn(newEmail(), PASSWORD);
    awaitActive(before + 2); // each look has signed the administrator in, once more
    as(token).post("/auth/logout").then().statusCode(204);
    auth(newEmail(), PASSWORD);
    assertThat(active()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "721", "-1", "a", "1.5", "99999999999"})
  void wrongNumberOfHoursIsTold(String hours) {
    as(admin())
        .get("/dashboard/data?hours=" + hours)
        .then()
        .statusCode(400)
        .body("detail", containsString("hours must be a number from 1 to 720"));
  }

  /** Of the last minute of an hour the test waits for the end. */
  private static Instant hourThatLasts() throws InterruptedException {
    Instant now = Instant.now();
    while (now.atZone(ZoneOffset.UTC).getMinute() == 59) {
      Thread.sleep(1000); // between two looks
      now = Instant.now();
    }
    return now.truncatedTo(ChronoUnit.HOURS);
  }

  private long active() throws InterruptedException {
    Long counted = null;
    while (counted == null) { // until it was counted for the first time
      counted = data("24").getObject("history.active_sessions", Long.class);
      Thread.sleep(20);
    }
    return counted;
  }

  /** It is counted every ten seconds at most. */
  private void awaitActive(long least) throws InterruptedException {
    long deadline = System.nanoTime() + 2_000_000_000L * LivingSessions.EVERY_SECONDS;
    while (active() < least) {
      assertThat(System.nanoTime()).as("active sessions").isLessThan(deadline);
      Thread.sleep(200); // between two looks
    }
  }

  private static JsonPath data(String hours) {
    return as(admin())
        .get("/dashboard/data?hours=" + hours)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static long total(JsonPath data, String kind, String detail) {
    return times(data, kind, detail).stream().mapToLong(Integer::longValue).sum();
  }

  private static List<Integer> times(JsonPath data, String kind, String detail) {
    return data.getList(
        "history.series.find { it.kind == '%s' && it.detail == '%s' }.times"
            .formatted(kind, detail));
  }

  private void count(Instant hour, String kind, String detail, int stripe, int times) {
    database.query(
        sql ->
            sql.createUpdate(
                    "INSERT INTO audit_hour (hour, kind, detail, stripe, times)"
                        + " VALUES (:hour, :kind, :detail, :stripe, :times)")
                .bind("hour", hour.getEpochSecond())
                .bind("kind", kind)
                .bind("detail", detail)
                .bind("stripe", stripe)
                .bind("times", times)
                .execute());
  }
}
