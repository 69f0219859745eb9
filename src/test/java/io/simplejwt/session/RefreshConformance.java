package io.simplejwt.session;

import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for refreshing on either store. */
abstract class RefreshConformance extends SessionFixture {
  @Test
  void signInGivesARefreshTokenBesideTheToken() {
    Response answer = auth(newEmail(), PASSWORD);
    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo(3600))
        .body("refresh_expires_in", equalTo(3 * 24 * 3600));
    assertThat(answer.<String>path("refresh_token")).matches("[A-Za-z0-9_-]{64}");
  }

  @Test
  void refreshGivesNewTokensOfTheSameSessionWithoutAHash() {
    Response first = auth(newEmail(), PASSWORD);
    double hashes = hashes();
    Response second = refresh(first);
    second
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo(3600))
        .body("refresh_expires_in", equalTo(3 * 24 * 3600));
    assertThat(hashes()).isEqualTo(hashes);
    assertThat(second.<String>path("refresh_token")).isNotEqualTo(first.path("refresh_token"));
    assertThat(claim(second, "sid")).isEqualTo(claim(first, "sid"));
    assertThat(claim(second, "jti")).isNotEqualTo(claim(first, "jti"));
    assertThat(contents(first.path("token"))).isEqualTo(200); // it lives out its hour
    refresh(second).then().statusCode(200);
  }

  /** Two tabs, or an answer that was lost: restarts included, all of this is in the store. */
  @Test
  void parentOfTheActiveTokenGetsTheSameChildAgainForSeconds() {
    Response first = auth(newEmail(), PASSWORD);
    Response second = refresh(first);
    Response again = refresh(first);
    again.then().statusCode(200);
    assertThat(again.<String>path("refresh_token")).isEqualTo(second.path("refresh_token"));
    assertThat(contents(again.path("token"))).isEqualTo(200);
    refresh(again).then().statusCode(200);
    assertThat(audited("reuse", accountId(first.path("token")))).isZero();
  }

  @Test
  void hundredRefreshesAtOnceMakeOneChildAndNoError() {
    Response first = auth(newEmail(), PASSWORD);
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("/auth/refresh"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"refresh_token\":\"" + first.<String>path("refresh_token") + "\"}"))
            .build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    hundredAtOnce(client, HttpRequest.newBuilder(root).build()); // so that all are connected
    Set<String> children = new HashSet<>();
    for (CompletableFuture<HttpResponse<String>> one : hundredAtOnce(client, request)) {
      assertThat(one.join().statusCode()).as(one.join().body()).isEqualTo(200);
      children.add(JsonPath.from(one.join().body()).getString("refresh_token"));
    }
    assertThat(children).hasSize(1);
    assertThat(contents(first.path("token"))).isEqualTo(200);
  }

  private static List<CompletableFuture<HttpResponse<String>>> hundredAtOnce(
      HttpClient client, HttpRequest request) {
    List<CompletableFuture<HttpResponse<String>>> all =
        Stream.generate(() -> client.sendAsync(request, BodyHandlers.ofString()))
            .limit(100)
            .toList();
    all.forEach(CompletableFuture::join);
    return all;
  }

  /** The hundred's rule, step by step: whoever has read the same row comes too late. */
  @Test
  void secondOfTwoExchangesChangesNothing() {
    RefreshToken token = new RefreshToken(auth(newEmail(), PASSWORD).path("refresh_token"));
    Session seen = store.of(token).orElseThrow();
    RefreshToken winner = token.next();
    assertThat(rotate(seen, token, winner)).isTrue();
    assertThat(rotate(seen, token, token.next())).isFalse();
    assertThat(store.of(token).orElseThrow().expects(winner)).isTrue();
    store.end(seen.id(), seen.accountId(), Instant.now());
    assertThat(rotate(seen, winner, winner.next())).isFalse(); // nor does what has ended
  }

  private boolean rotate(Session session, RefreshToken parent, RefreshToken child) {
    Session.Chain chain =
        new Session.Chain(
            parent.chainHash(), child.hash(), Optional.of(parent.hash()), Optional.of("sealed"));
    return store.rotate(session.id(), parent.hash(), chain, session.ends(), session.use());
  }

  @Test
  void laterReuseEndsTheSessionAndIsAudited() {
    Response first = auth(newEmail(), PASSWORD);
    Response second = refresh(first);
    String account = accountId(first.path("token"));
    age(claim(first, "sid"), Session.GRACE.toSeconds() + 1);
    assertRefused(refresh(first));
    assertThat(contents(first.path("token"))).isEqualTo(401);
    assertThat(contents(second.path("token"))).isEqualTo(401);
    assertRefused(refresh(second));
    assertThat(audited("reuse", account)).isEqualTo(1);
  }

  @Test
  void grandparentEndsTheSessionAtOnce() {
    Response first = auth(newEmail(), PASSWORD);
    Response third = refresh(refresh(first));
    assertRefused(refresh(first));
    assertThat(contents(third.path("token"))).isEqualTo(401);
  }

  @Test
  void childIsKeptForSecondsOnlyAndNeverInTheClear() {
    Response first = auth(newEmail(), PASSWORD);
    Response second = refresh(first);
    String row = row(claim(first, "sid"));
    assertThat(row).doesNotContain(first.<String>path("refresh_token"));
    assertThat(row).doesNotContain(second.<String>path("refresh_token"));
    assertThat(sealed(claim(first, "sid"))).isTrue();
    sessions.eraseSealed();
    assertThat(sealed(claim(first, "sid"))).isTrue();
    age(claim(first, "sid"), 60);
    sessions.eraseSealed();
    assertThat(sealed(claim(first, "sid"))).isFalse();
    refresh(second).then().statusCode(200);
  }

  @Test
  void idleSessionIsOver() {
    Response first = auth(newEmail(), PASSWORD);
    set(claim(first, "sid"), "refresh_expires_at", Instant.now().getEpochSecond() - 1);
    assertRefused(refresh(first));
    assertThat(contents(first.path("token"))).isEqualTo(200); // until it ends by itself
  }

  @Test
  void nothingOutlivesTheSessionsEnd() {
    Response first = auth(newEmail(), PASSWORD);
    set(claim(first, "sid"), "expires_at", Instant.now().getEpochSecond() + 100);
    Response second = refresh(first);
    second.then().statusCode(200);
    assertThat(second.<Integer>path("expires_in")).isBetween(80, 100);
    assertThat(second.<Integer>path("refresh_expires_in")).isBetween(80, 100);
    assertThat(endOfTokens(claim(first, "sid"))) // what the list must remember falls never
        .isGreaterThan(Instant.now().getEpochSecond() + 3500);
  }

  @Test
  void endOfTokensRisesWithEachRefresh() {
    Response first = auth(newEmail(), PASSWORD);
    String id = claim(first, "sid");
    set(id, "tokens_expire_at", Instant.now().getEpochSecond() + 5);
    Response second = refresh(first);
    long exp = as(second.path("token")).get("/contents").<Integer>path("exp");
    assertThat(endOfTokens(id)).isEqualTo(exp);
    set(id, "tokens_expire_at", exp - 7); // the same child again ends when the row says
    Response again = refresh(first);
    assertThat(as(again.path("token")).get("/contents").<Integer>path("exp")).isEqualTo(exp - 7);
  }

  @Test
  void refreshedTokenSaysWhatTheAccountIsNow() {
    Response first = auth(newEmail(), PASSWORD);
    String account = accountId(first.path("token"));
    database.query(
        sql ->
            sql.createUpdate("INSERT INTO account_role (account_id, role) VALUES (:id, 'query')")
                .bind("id", account)
                .execute());
    as(refresh(first).path("token"))
        .get("/contents")
        .then()
        .body("groups", equalTo(List.of("query")));
  }

  @Test
  void disabledAndDeletedAccountsCannotRefresh() {
    for (boolean delete : new boolean[] {true, false}) {
      Response first = auth(newEmail(), PASSWORD);
      String path = "/accounts/" + accountId(first.path("token"));
      if (delete) {
        as(admin()).delete(path).then().statusCode(204);
      } else {
        as(admin(), Map.of("disabled", true)).patch(path).then().statusCode(200);
        set(claimOfEnded(first), "ended_at", null); // not even if its session had lived on
      }
      assertRefused(refresh(first));
    }
  }

  @Test
  void passwordChangeEndsOtherRefreshTokens() {
    String email = newEmail();
    Response changing = auth(email, PASSWORD);
    Response other = auth(email, PASSWORD);
    as(changing.path("token"), Map.of("current", PASSWORD, "new", "a new password"))
        .put("/accounts/me/password")
        .then()
        .statusCode(204);
    assertRefused(refresh(other));
    refresh(changing).then().statusCode(200);
  }

  @Test
  void textThatIsNoRefreshTokenIsRefused() {
    Response first = auth(newEmail(), PASSWORD);
    String good = first.path("refresh_token");
    for (String bad :
        List.of(
            "x",
            good + "A",
            good.substring(1),
            good + "=",
            " " + good,
            good.substring(0, 63) + "\u0000",
            "A".repeat(64),
            "' OR 1=1 --",
            "x".repeat(50_000),
            first.<String>path("token"))) {
      assertRefused(refresh(bad));
    }
    json(Map.of()).post("/auth/refresh").then().statusCode(400);
    json("[]").post("/auth/refresh").then().statusCode(400);
    json(Map.of("refresh_token", 7)).post("/auth/refresh").then().statusCode(400);
    assertThat(contents(good)).isEqualTo(401); // nor is it an access token
    refresh(first).then().statusCode(200);
  }

  /** Who knows a session's id, which stands in every access token, cannot end it by that. */
  @Test
  void forgedTokenEndsNoSession() {
    Response first = auth(newEmail(), PASSWORD);
    String id = claim(first, "sid").replace("-", "");
    byte[] forged = new byte[48];
    System.arraycopy(HexFormat.of().parseHex(id), 0, forged, 0, 16);
    assertRefused(refresh(Base64.getUrlEncoder().encodeToString(forged)));
    refresh(first).then().statusCode(200);
  }
}
