package io.simplejwt.account;

import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.json;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.onlyAdministrator;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.simplejwt.store.EmbeddedStore;
import io.simplejwt.store.TimeOrderedId;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for accounts and their sessions on either store. */
abstract class AccountsConformance {
  private static final String PASSWORD = "a good password";

  @Inject AccountStore store;

  /** A sign-in that began before its account changed finds another version when it ends. */
  @Test
  void accountThatChangedMeanwhileCannotBeHeld() {
    String email = newEmail();
    signIn(email, PASSWORD);
    StoredPassword seen = store.passwordByEmail(Email.parse(email).get()).get();
    assertThat(store.hold(seen.account())).isTrue();
    store.update(seen.account().id(), Set.of(), true);
    assertThat(store.hold(seen.account())).isFalse();
    assertThat(store.setPassword(seen.account(), seen.hash())).isFalse();
  }

  @Test
  void cheapHashBecomesDearerAtTheNextSignIn() {
    Email email = Email.parse(newEmail()).get();
    Passwords cheap = new Passwords(new BouncyCastleArgon2(), new Argon2Parameters(1024, 1, 1, 32));
    Account account =
        new Account(
            TimeOrderedId.at(Instant.now()), email, false, Set.of(), false, 0, Instant.now());
    store.insert(account, cheap.hash(PASSWORD));
    auth(email.written(), "wrong").then().statusCode(401);
    assertThat(store.passwordByEmail(email).get().hash()).contains("$m=1024,t=1,p=1$");
    String token = signIn(email.written(), PASSWORD);
    assertThat(store.passwordByEmail(email).get().hash()).contains("$m=19456,t=2,p=1$");
    assertThat(contents(token)).isEqualTo(200);
    signIn(email.written(), PASSWORD);
  }

  @Test
  void firstSignInMakesTheAccountAndLaterOnesNeedItsPassword() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    assertThat(contents(token)).isEqualTo(200);
    assertThat(accountId(signIn(email.toUpperCase(), PASSWORD))).isEqualTo(accountId(token));
    auth(email, "another password").then().statusCode(401);
  }

  @Test
  void manyFirstSignInsAtOnceMakeOneAccount() {
    String email = newEmail();
    List<CompletableFuture<Response>> attempts =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> auth(email, PASSWORD)))
            .toList();
    List<String> accounts =
        attempts.stream()
            .map(CompletableFuture::join)
            .map(answer -> accountId(answer.then().statusCode(200).extract().path("token")))
            .distinct()
            .toList();
    assertThat(accounts).hasSize(1);
  }

  @Test
  void signUpMakesAnAccountWithoutRoles() {
    String email = newEmail();
    Map<String, Object> body =
        Map.of("email", email, "password", PASSWORD, "roles", List.of("admin"), "disabled", true);
    json(body)
        .post("/accounts")
        .then()
        .statusCode(201)
        .header("Location", containsString("/accounts/"))
        .body("email", equalTo(email))
        .body("email_verified", equalTo(false))
        .body("roles", equalTo(List.of()))
        .body("disabled", equalTo(false))
        .body("created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
    json(Map.of("email", " " + email.toUpperCase(), "password", PASSWORD))
        .post("/accounts")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:simple-jwt-api:problem:email-taken"));
    as(signIn(email, PASSWORD)).get("/accounts").then().statusCode(403);
  }

  @Test
  void administratorMakesVerifiedAccounts() {
    as(admin(), Map.of("email", newEmail(), "password", PASSWORD))
        .post("/accounts")
        .then()
        .statusCode(201)
        .body("email_verified", equalTo(true));
  }

  @Test
  void ownerSeesAndDeletesTheAccount() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    String other = signIn(email, PASSWORD);
    as(token).get("/accounts/me").then().statusCode(200).body("email", equalTo(email));
    as(token).delete("/accounts/me").then().statusCode(204);
    assertThat(contents(token)).isEqualTo(401);
    assertThat(contents(other)).isEqualTo(401);
    as(token).get("/accounts/me").then().statusCode(401);
    assertThat(accountId(signIn(email, "a new password"))).isNotNull(); // the email is free again
  }

  @Test
  void ownersPasswordChangeEndsEveryOtherSession() {
    String email = newEmail();
    String changing = signIn(email, PASSWORD);
    String other = signIn(email, PASSWORD);
    as(changing, Map.of("current", "wrong", "new", "a new password"))
        .put("/accounts/me/password")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:simple-jwt-api:problem:wrong-password"));
    as(changing, Map.of("current", PASSWORD, "new", "abc"))
        .put("/accounts/me/password")
        .then()
        .statusCode(400)
        .body("detail", containsString("has 3 characters"));
    assertThat(contents(other)).isEqualTo(200);
    as(changing, Map.of("current", PASSWORD, "new", "a new password"))
        .put("/accounts/me/password")
        .then()
        .statusCode(204);
    assertThat(contents(changing)).isEqualTo(200);
    assertThat(contents(other)).isEqualTo(401);
    auth(email, PASSWORD).then().statusCode(401);
    signIn(email, "a new password");
  }

  @Test
  void administratorsResetEndsEverySession() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    as(admin(), Map.of("new", "a new password"))
        .put("/accounts/" + accountId(token) + "/password")
        .then()
        .statusCode(204);
    assertThat(contents(token)).isEqualTo(401);
    auth(email, PASSWORD).then().statusCode(401);
    signIn(email, "a new password");
  }

  @Test
  void disablingEndsSessionsAndSignIns() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    String path = "/accounts/" + accountId(token);
    String admin = admin();
    as(admin, Map.of("disabled", true)).patch(path).then().body("disabled", equalTo(true));
    assertThat(contents(token)).isEqualTo(401);
    String detail = auth(email, PASSWORD).then().statusCode(401).extract().path("detail");
    auth(email, "wrong").then().statusCode(401).body("detail", equalTo(detail));
    as(admin, Map.of("disabled", false)).patch(path).then().body("disabled", equalTo(false));
    assertThat(contents(token)).isEqualTo(401); // what has ended stays ended
    signIn(email, PASSWORD);
  }

  @Test
  void changeOfRolesEndsSessionsAndStandsInTheNextToken() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    String path = "/accounts/" + accountId(token);
    String admin = admin();
    as(admin, Map.of()).patch(path).then().statusCode(200);
    as(admin, Map.of("disabled", false)).patch(path).then().statusCode(200);
    assertThat(contents(token)).isEqualTo(200); // nothing changed
    as(admin, Map.of("roles", List.of("query", "query-write")))
        .patch(path)
        .then()
        .statusCode(200)
        .body("roles", equalTo(List.of("query", "query-write")));
    assertThat(contents(token)).isEqualTo(401);
    as(signIn(email, PASSWORD))
        .get("/contents")
        .then()
        .body("groups.sort()", equalTo(List.of("query", "query-write")));
    as(admin, Map.of("roles", List.of("root")))
        .patch(path)
        .then()
        .statusCode(400)
        .body("detail", containsString("admin, service, query, query-write"));
  }

  @Test
  void deletingByAdministratorEndsSessions() {
    String token = signIn(newEmail(), PASSWORD);
    String path = "/accounts/" + accountId(token);
    as(admin()).delete(path).then().statusCode(204);
    assertThat(contents(token)).isEqualTo(401);
    as(admin()).delete(path).then().statusCode(404);
    as(admin()).get(path).then().statusCode(404);
    as(admin(), Map.of("disabled", true)).patch(path).then().statusCode(404);
    as(admin(), Map.of("new", PASSWORD)).put(path + "/password").then().statusCode(404);
  }

  @Test
  void lastAdministratorStays() {
    String admin = onlyAdministrator();
    String path = "/accounts/" + accountId(admin);
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(Map.of("disabled", true), Map.of("roles", List.of("query")))) {
      as(admin, change)
          .patch(path)
          .then()
          .statusCode(409)
          .body("type", equalTo("urn:simple-jwt-api:problem:last-administrator"));
    }
    as(admin).delete(path).then().statusCode(409);
    as(admin).delete("/accounts/me").then().statusCode(409);
    assertThat(contents(admin)).isEqualTo(200);
  }

  /** Each of the two could go while the other stays; not both. */
  @Test
  void twoAdministratorsCannotRemoveEachOtherAtOnce() {
    String first = onlyAdministrator();
    String email = newEmail();
    String id = accountId(signIn(email, PASSWORD));
    as(first, Map.of("roles", List.of("admin"))).patch("/accounts/" + id).then().statusCode(200);
    String second = signIn(email, PASSWORD);
    String firstPath = "/accounts/" + accountId(first);
    Map<String, Object> none = Map.of("roles", List.of());
    CompletableFuture<Integer> one =
        CompletableFuture.supplyAsync(() -> as(second, none).patch(firstPath).statusCode());
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(() -> as(first, none).patch("/accounts/" + id).statusCode());
    List<Integer> answers = new ArrayList<>(List.of(one.join(), other.join()));
    assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
    if (one.join() == 200) { // give the tests their administrator back
      as(signIn(email, PASSWORD), Map.of("roles", List.of("admin")))
          .patch(firstPath)
          .then()
          .statusCode(200);
      as(admin(), none).patch("/accounts/" + id).then().statusCode(200);
    }
    assertThat(contents(admin())).isEqualTo(200);
  }

  @Test
  void findsTheAccountOfAnEmail() {
    String email = newEmail();
    signIn(email, PASSWORD);
    String admin = admin();
    as(admin)
        .queryParam("email", email.toUpperCase(Locale.ROOT))
        .get("/accounts")
        .then()
        .statusCode(200)
        .body("accounts.email", contains(email))
        .body("next", nullValue());
    as(admin).queryParam("email", newEmail()).get("/accounts").then().body("accounts", hasSize(0));
    as(admin).queryParam("email", "nobody").get("/accounts").then().statusCode(400);
  }

  @Test
  void listsEveryAccountOnceInPages() {
    Stream.generate(() -> newEmail()).limit(5).forEach(email -> signIn(email, PASSWORD));
    String admin = admin();
    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      Response page =
          (after == null ? as(admin) : as(admin).queryParam("after", after))
              .queryParam("limit", 2)
              .get("/accounts");
      page.then().statusCode(200);
      seen.addAll(page.path("accounts.email"));
      after = page.path("next");
    } while (after != null);
    assertThat(seen).doesNotHaveDuplicates().contains(EmbeddedStore.ADMIN).hasSizeGreaterThan(5);
    as(admin).queryParam("limit", 500).get("/accounts").then().body("next", nullValue());
    for (String next : List.of("x", "\u0000", "' OR 1=1 --", "%")) {
      as(admin).queryParam("after", next).get("/accounts").then().statusCode(400);
      as(admin).get("/accounts/{id}", next).then().statusCode(404);
      as(admin).delete("/accounts/{id}", next).then().statusCode(404);
    }
    for (String limit : List.of("0", "501", "-1", "ten", "1e2", "9999999999")) {
      as(admin).queryParam("limit", limit).get("/accounts").then().statusCode(400);
    }
  }
}
