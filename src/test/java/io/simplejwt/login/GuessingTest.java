package io.simplejwt.login;

import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.simplejwt.Calls;
import io.simplejwt.account.Email;
import io.simplejwt.account.HashingGate;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.store.Database;
import io.simplejwt.store.EmbeddedStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What guessers meet, each at an address of its own behind a proxy on this machine. */
@QuarkusTest
@TestProfile(GuessingTest.BehindProxy.class)
class GuessingTest {
  private static final String PASSWORD = "umbrella gravel seventeen";
  private static final int PER_ADDRESS = 10; // the fewest: one comes back a minute
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  /** The tests themselves are the proxy. */
  public static final class BehindProxy extends EmbeddedStore {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(new Closed().getConfigOverrides());
      settings.put("trusted.proxies", "127.0.0.0/8");
      settings.put("guesses.per-address", String.valueOf(PER_ADDRESS));
      return settings;
    }
  }

  @Inject MeterRegistry metrics;
  @Inject HashingGate gate;
  @Inject Database database;

  private final String stranger = newAddress();

  @Test
  void refusalTellsNotWhetherThereIsAnAccountAndCostsNoHash() {
    String account = newAccount();
    String none = newEmail();
    assertThat(refusal(account)).isEqualTo(refusal(none));
  }

  @Test
  void ownerGetsInWhileStrangersAreRefused() {
    String email = newAccount();
    String home = newAddress();
    auth(email, PASSWORD, home).then().statusCode(200);
    refusal(email);
    auth(email, PASSWORD, newAddress()).then().statusCode(429);
    auth(email, "mistyped", home).then().statusCode(401);
    auth(email, PASSWORD, home).then().statusCode(200);
  }

  @Test
  void administratorsResetLetsStrangersInAgain() {
    String email = newAccount();
    String home = newAddress();
    String token = auth(email, PASSWORD, home).path("token");
    refusal(email);
    as(Calls.admin(), Map.of("new", "another gravel umbrella"))
        .put("/accounts/" + Calls.accountId(token) + "/password")
        .then()
        .statusCode(204);
    auth(email, "another gravel umbrella", stranger).then().statusCode(200);
  }

  /** Many emails, one address. */
  @Test
  void addressThatTriesManyEmailsIsRefusedWithoutAHash() {
    for (int i = 0; i < PER_ADDRESS; i++) {
      auth(newEmail(), "wrong", stranger).then().statusCode(401);
    }
    String email = newAccount();
    double before = hashes();
    Response refused = auth(email, PASSWORD, stranger);
    refused.then().statusCode(429).body("type", equalTo(type("too-many-requests")));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    assertThat(hashes()).isEqualTo(before);
    assertThat(metrics.get("guesses.refused").tag("by", "address").counter().count()).isPositive();
    auth(newEmail(), "wrong", newAddress()).then().statusCode(401);
  }

  @Test
  void addressThatIsRightIsNeverRefused() {
    String email = newAccount();
    for (int i = 0; i < 2 * PER_ADDRESS; i++) {
      auth(email, PASSWORD, stranger).then().statusCode(200);
    }
  }

  /** A stolen token is no way to try passwords. */
  @Test
  void changeOfPasswordIsAGuessToo() {
    String email = newAccount();
    String token = auth(email, PASSWORD, newAddress()).path("token");
    change(token, "wrong").then().statusCode(403);
    guessOn(email);
    double before = hashes();
    change(token, PASSWORD).then().statusCode(429).body("type", equalTo(type("too-many-requests")));
    auth(email, PASSWORD, stranger).then().statusCode(429);
    assertThat(hashes()).isEqualTo(before);
  }

  @Test
  void clientThatRepeatsAtOnceIsSlowedDown() {
    String email = newEmail();
    refusal(email);
    long begun = System.nanoTime();
    auth(email, "wrong", stranger).then().statusCode(429);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(HeldRefusals.MILLISECONDS));
  }

  @Test
  void shedSignInCostsNoHashAndNoGuess() {
    String email = newAccount();
    double before = hashes();
    double shed = metrics.get("password.hash.shed").counter().count();
    List<Place> taken = takeAllPlaces();
    assertThat(metrics.get("password.places.taken").gauge().value())
        .isEqualTo(metrics.get("password.places").gauge().value());
    for (int i = 0; i < 3; i++) {
      auth(email, PASSWORD, stranger).then().statusCode(503);
    }
    taken.forEach(Place::close);
    assertThat(hashes()).isEqualTo(before);
    assertThat(metrics.get("password.hash.shed").counter().count()).isGreaterThan(shed + 3);
    auth(email, PASSWORD, stranger).then().statusCode(200);
  }

  @Test
  void refusalsAreAuditedWithTheAccountShedOnesAreNot() throws InterruptedException {
    String email = newAccount();
    String id = Calls.accountId(auth(email, PASSWORD, newAddress()).path("token"));
    refusal(email);
    List<Place> taken = takeAllPlaces();
    auth(email, PASSWORD, stranger).then().statusCode(503);
    taken.forEach(Place::close);
    String detail = "too many guesses at the account";
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!audited("account", id).contains(detail)) { // within seconds
      assertThat(System.nanoTime()).as("audited").isLessThan(deadline);
      Thread.sleep(50);
    }
    assertThat(audited("account", id)).containsExactlyInAnyOrder("", "wrong password", detail);
    assertThat(audited("address", stranger)).containsExactlyInAnyOrder("wrong password", detail);
  }

  private List<String> audited(String column, String value) {
    return database.query(
        sql ->
            sql.createQuery(
                    "SELECT DISTINCT detail FROM audit WHERE "
                        + column
                        + " = :value AND kind IN ('sign-in', 'refusal')")
                .bind("value", value)
                .mapTo(String.class)
                .list());
  }

  /** A refusal after a wrong one, without what differs from one call to the next. */
  private String refusal(String email) {
    auth(email, "wrong", stranger).then().statusCode(401);
    guessOn(email);
    double before = hashes();
    Response refused = auth(email, PASSWORD, stranger);
    refused.then().statusCode(429).contentType("application/problem+json");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3000, 3600);
    assertThat(hashes()).isEqualTo(before);
    return refused.asString().replaceAll("\"request_id\":\"[^\"]*\"", "");
  }

  /** As if strangers had gone on until each guess has to wait for an hour. */
  private void guessOn(String email) {
    String digest = Email.parse(email).orElseThrow().digest();
    int rows =
        database.query(
            sql ->
                sql.createUpdate("UPDATE guess SET failures = 50 WHERE email_digest = :digest")
                    .bind("digest", digest)
                    .execute());
    assertThat(rows).isEqualTo(1);
  }

  private List<Place> takeAllPlaces() {
    List<Place> taken = new ArrayList<>();
    while (true) {
      try {
        taken.add(gate.enter());
      } catch (ProblemException full) {
        return taken;
      }
    }
  }

  private static String newAccount() {
    String email = newEmail();
    as(Calls.admin(), Map.of("email", email, "password", PASSWORD))
        .post("/accounts")
        .then()
        .statusCode(201);
    return email;
  }

  private static String newAddress() {
    return "203.0.113." + ADDRESSES.incrementAndGet();
  }

  private static Response auth(String email, String password, String address) {
    return json(Map.of("email", email, "password", password))
        .header("X-Forwarded-For", address)
        .post("/auth");
  }

  private Response change(String token, String current) {
    return as(token, Map.of("current", current, "new", "another gravel umbrella"))
        .header("X-Forwarded-For", stranger)
        .put("/accounts/me/password");
  }

  private static String type(String name) {
    return "urn:simple-jwt-api:problem:" + name;
  }

  private double hashes() {
    return metrics.get("password.hashes").counter().count();
  }
}
