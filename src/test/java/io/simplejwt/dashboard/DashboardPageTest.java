package io.simplejwt.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.onlyAdministrator;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.simplejwt.store.EmbeddedStore;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do with the page, in a real browser. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class DashboardPageTest {
  private static final String PASSWORD = "a good password";
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @TestHTTPResource("/")
  URI root;

  private Visit visit;

  @AfterEach
  void endsWithoutAFault() {
    visit.close();
  }

  private Visit visit() {
    visit = CHROMIUM.visit(root, new NewContextOptions());
    return visit;
  }

  @Test
  void showsWhatHappensAfterTheSignIn() {
    visit().signIn();
    visit.says("#who", EmbeddedStore.ADMIN);
    visit.says("#totals", "Active sessions");
    visit.says("#figures", "SQLite");
    visit.says("#figures", "POST /auth");
    visit.says("#audit-rows", "sign-in");
    visit.says("#accounts-rows", EmbeddedStore.ADMIN);
    System.out.printf(
        "dashboard: first paint after %.0f ms%n", firstPaint()); // a figure for the reader of CI
  }

  private double firstPaint() {
    return ((Number)
            visit.ask("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        .doubleValue();
  }

  @Test
  void tellsWhoMayNotAndForgetsTheToken() {
    String email = newEmail();
    String account = accountId(signIn(email, PASSWORD));
    visit().expecting(403).signIn(email, PASSWORD);
    visit.says("#sign-in-message", "not an administrator");
    assertThat(visit.heading("Overview")).isHidden();
    as(admin())
        .get("/audit?kind=logout&account=" + account)
        .then()
        .body("entries.size()", equalTo(1));
  }

  @Test
  void tellsThatThePasswordIsWrong() {
    visit().expecting(401).signIn(EmbeddedStore.ADMIN, "wrong");
    visit.says("#sign-in-message", "Wrong email or password");
    assertThat(visit.page.getByLabel("Password")).hasValue("");
  }

  @Test
  void keepsTheTokenInMemoryOnly() {
    visit().signIn();
    assertThat(visit.ask("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"))
        .isEqualTo("{}{}");
    assertThat(visit.page.context().cookies()).isEmpty();
    visit.page.reload();
    assertThat(visit.button("Sign in")).isVisible();
  }

  @Test
  void refusalAppearsInTheChartByItself() {
    visit().signIn();
    int before = refusals();
    auth(EmbeddedStore.ADMIN, "wrong").then().statusCode(401);
    visit.page.waitForCondition(() -> refusals() > before);
    assertThat(visit.page.locator("#chart rect.down").last()).isVisible();
    visit.says("#reasons", "wrong password");
    visit.says("#audit-rows", "refusal: wrong password");
  }

  private int refusals() {
    return Integer.parseInt(
        visit.page.locator("#totals div:nth-child(3) dd").first().textContent());
  }

  @Test
  void remembersTheColorOfTheBars() {
    visit().signIn();
    Locator color = visit.page.getByLabel("Color:");
    assertThat(color.locator("option"))
        .hasText(new String[] {"Gold", "MediumTurquoise", "LightGreen", "firebrick", "steelblue"});
    color.selectOption("firebrick");
    assertThat(visit.page.locator("#chart rect.up").first()).hasCSS("fill", "rgb(178, 34, 34)");
    visit.page.reload();
    visit.signIn();
    assertThat(color).hasValue("firebrick");
    assertThat(visit.page.locator("#chart rect.up").first()).hasCSS("fill", "rgb(178, 34, 34)");
  }

  @Test
  void showsSevenAndThirtyDays() {
    visit().signIn();
    visit.page.getByText("7 days", exactly()).click();
    visit.says("#chart-unit", "each bar is six hours");
    visit.page.getByText("30 days", exactly()).click();
    visit.says("#chart-unit", "each bar is a day");
    visit.says("#totals", "in 30 days");
  }

  @Test
  void filtersTheAudit() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    as(token).post("/auth/logout").then().statusCode(204);
    visit().signIn();
    visit.page.getByLabel("Account (email or id)").fill(email);
    visit.button("Filter").click();
    assertThat(visit.page.locator("#audit-rows tr")).hasCount(3);
    visit.page.getByLabel("Kind").selectOption("logout");
    visit.button("Filter").click();
    assertThat(visit.page.locator("#audit-rows tr")).hasCount(1);
    visit.page.locator("#audit-from").fill("2030-01-01T00:00");
    visit.button("Filter").click();
    visit.says("#audit-message", "Nothing matches this filter.");
    visit.page.getByLabel("Account (email or id)").fill("nobody@example.org");
    visit.button("Filter").click();
    visit.says("#audit-message", "There is no account with this email.");
    visit.button("Clear").click();
    assertThat(visit.page.locator("#audit-rows tr").nth(3)).isVisible();
  }

  @Test
  void disablesAndEnablesAnAccountAndEndsItsSessions() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    visit().signIn();
    manage(email);
    visit.page.locator("#account-body").getByText("End", exact()).click();
    visit.says("#account-message", "The session has ended.");
    assertThat(contents(token)).isEqualTo(401);
    visit.button("Disable account").click();
    visit.says("#account-message", "disabled");
    auth(email, PASSWORD).then().statusCode(401);
    visit.says("#accounts-rows", "disabled");
    visit.button("Enable account").click();
    visit.says("#account-message", "enabled");
    signIn(email, PASSWORD);
    visit.page.getByLabel("query-write").check();
    visit.button("Save roles").click();
    visit.says("#account-message", "roles are saved");
    assertThat(as(signIn(email, PASSWORD)).get("/contents").<List<String>>path("groups"))
        .containsExactly("query-write");
  }

  private void manage(String email) {
    visit.page.getByLabel("Email, the whole of it").fill(email);
    visit.button("Find").click();
    visit.button("Manage " + email).click();
    assertThat(visit.heading(email)).isVisible();
  }

  @Test
  void lastAdministratorStaysAndThePageSaysWhy() {
    onlyAdministrator();
    visit().expecting(409).signIn();
    manage(EmbeddedStore.ADMIN);
    visit.button("Disable account").click();
    visit.says("#account-message", "The last administrator would be lost");
  }

  @Test
  void runsAStatement() {
    String email = newEmail();
    String id = accountId(signIn(email, PASSWORD));
    as(admin(), Map.of("roles", List.of("admin", "query"))).patch("/accounts/" + id);
    visit().expecting(400).signIn(email, PASSWORD);
    visit.page.getByLabel("SQL").fill("select 9007199254740993 as n, '<b>' as t, null as absent");
    visit.page.getByLabel("SQL").press("Control+Enter");
    visit.says("#query-message", "1 row in");
    assertThat(visit.page.locator("#query-result td"))
        .hasText(new String[] {"9007199254740993", "<b>", "null"});
    visit.page.getByLabel("SQL").fill("selec 1");
    visit.button("Run").click();
    visit.says("#query-message", "The statement cannot be run");
    as(admin(), Map.of("roles", List.of())).patch("/accounts/" + id); // one administrator again
    visit.expecting(401).says("#sign-in-message", "Your session is over");
  }

  @Test
  void saysThatTheRoleForQueriesIsMissing() {
    visit().expecting(403).signIn();
    visit.page.getByLabel("SQL").fill("select 1");
    visit.button("Run").click();
    visit.says("#query-message", "needs the role query or query-write");
  }

  @Test
  void sessionThatEndsElsewhereLeadsBackToTheSignIn() {
    String email = newEmail();
    String id = accountId(signIn(email, PASSWORD));
    as(admin(), Map.of("roles", List.of("admin"))).patch("/accounts/" + id);
    visit().expecting(401).signIn(email, PASSWORD);
    assertThat(visit.heading("Overview")).isVisible();
    as(admin()).delete("/accounts/" + id + "/sessions").then().statusCode(204);
    visit.says("#sign-in-message", "Your session is over");
    assertThat(visit.page.locator("#audit-rows tr")).hasCount(0);
    as(admin(), Map.of("roles", List.of())).patch("/accounts/" + id);
  }

  @Test
  void signingOutEndsTheSession() {
    visit().signIn();
    visit.says("#audit-rows", "sign-in");
    String[] token = new String[1];
    visit.page.onRequest(
        request -> {
          if (request.url().endsWith("/auth/logout")) {
            token[0] = request.headers().get("authorization").substring("Bearer ".length());
          }
        });
    visit.button("Sign out").click();
    assertThat(visit.button("Sign in")).isVisible();
    visit.page.waitForCondition(() -> token[0] != null && contents(token[0]) == 401);
    String payload = new String(Base64.getUrlDecoder().decode(token[0].split("\\.")[1]));
    assertThat(JsonPath.from(payload).<List<String>>get("groups")).contains("admin");
  }

  @Test
  void saysThatTheServiceDoesNotAnswer() {
    visit().expecting("net::ERR_INTERNET_DISCONNECTED").signIn();
    visit.page.context().setOffline(true);
    visit.says("#notice", "The service does not answer.");
    visit.page.context().setOffline(false);
    assertThat(visit.page.locator("#notice"))
        .isHidden(new IsHiddenOptions().setTimeout(Visit.PATIENCE));
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Locator.GetByTextOptions exact() {
    return new Locator.GetByTextOptions().setExact(true);
  }
}
