package io.simplejwt.http;

import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.Database;
import io.simplejwt.store.EmbeddedStore;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From where a session is used, as its owner sees it, behind a proxy on this machine. */
@QuarkusTest
@TestProfile(EmbeddedStore.BehindProxy.class)
class ClientAddressTest {
  @Inject Database database;

  @Test
  void isTheOneThatTheNearestTrustedProxySaw() {
    assertThat(addressOf("203.0.113.9")).isEqualTo("203.0.113.9");
    assertThat(addressOf("1.1.1.1, 203.0.113.9, 10.1.1.1")).isEqualTo("203.0.113.9");
    assertThat(addressOf("1.1.1.1", "2001:DB8::9")).isEqualTo("2001:db8::9");
    assertThat(addressOf("junk\u0001")).isEqualTo("127.0.0.1");
    assertThat(addressOf()).isEqualTo("127.0.0.1");
  }

  /** The same child again, to somebody else: allowed for seconds, and remembered. */
  @Test
  void answerToAnotherAddressWithinTheGraceIsAudited() {
    var first =
        json(Map.of("email", newEmail(), "password", "mypwd"))
            .header("X-Forwarded-For", "203.0.113.9")
            .post("/auth");
    String child = refresh(first.path("refresh_token"), "203.0.113.9");
    assertThat(refresh(first.path("refresh_token"), "203.0.113.9")).isEqualTo(child);
    String account = as(first.path("token")).get("/contents").path("sub");
    assertThat(elsewhere(account)).isEmpty();
    assertThat(refresh(first.path("refresh_token"), "203.0.113.10")).isEqualTo(child);
    assertThat(elsewhere(account)).containsExactly("203.0.113.10");
  }

  private static String refresh(String token, String address) {
    return json(Map.of("refresh_token", token))
        .header("X-Forwarded-For", address)
        .post("/auth/refresh")
        .then()
        .statusCode(200)
        .extract()
        .path("refresh_token");
  }

  private List<String> elsewhere(String account) {
    return database.query(
        sql ->
            sql.createQuery(
                    "SELECT address FROM audit WHERE kind = 'refresh-elsewhere' AND account = :id")
                .bind("id", account)
                .mapTo(String.class)
                .list());
  }

  private static String addressOf(String... forwardedFor) {
    var request = json(Map.of("email", newEmail(), "password", "mypwd"));
    for (String value : forwardedFor) {
      request.header("X-Forwarded-For", value);
    }
    String token = request.post("/auth").then().statusCode(200).extract().path("token");
    return as(token).get("/accounts/me/sessions").path("sessions[0].address");
  }
}
