package io.simplejwt.audit;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.store.Database;
import io.simplejwt.store.TimeOrderedId;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for {@code GET /audit} on either store. */
abstract class AuditPagesConformance {
  private static final String PASSWORD = "a good password";
  private static final Instant START = Instant.now().truncatedTo(ChronoUnit.DAYS);
  private static final Origin HERE = new Origin(Optional.empty(), "192.0.2.7");

  @Inject Audit audit;
  @Inject AuditStore store;
  @Inject Database database;
  private String admin;

  @BeforeEach
  void administrator() {
    admin = admin();
  }

  @Test
  void onlyAdministratorsRead() {
    String person = signIn(newEmail(), PASSWORD);
    for (String path : List.of("/audit", "/audit/statements")) {
      given().get(path).then().statusCode(401);
      as(person).get(path).then().statusCode(403);
      as(admin).get(path).then().statusCode(200);
    }
  }

  @Test
  void newestFirstEachOnceOverAllPages() {
    String account = newId();
    for (int minute = 0; minute < 5; minute++) {
      write(account, Kind.LOGOUT, START.plus(Duration.ofMinutes(minute)));
    }
    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      Response page = page(Map.of("account", account, "limit", "2"), after);
      assertThat(page.<List<?>>path("entries")).hasSizeBetween(1, 2);
      seen.addAll(page.path("entries.first_at"));
      after = page.path("next");
    } while (after != null);
    assertThat(seen).containsExactly(minute(4), minute(3), minute(2), minute(1), minute(0));
  }

  @Test
  void filtersByAccountKindAndTimeTogether() {
    String account = newId();
    for (int minute = 0; minute < 4; minute++) {
      write(account, Kind.LOGOUT, START.plus(Duration.ofMinutes(minute)));
      write(account, Kind.REFRESH, START.plus(Duration.ofMinutes(minute)));
    }
    write(newId(), Kind.LOGOUT, START.plus(Duration.ofMinutes(1)));
    Map<String, String> filter =
        Map.of(
            "account",
            account,
            "kind",
            "logout",
            "from",
            minute(1),
            "to",
            START.plusSeconds(180).atOffset(ZoneOffset.ofHours(1)).format(ISO_OFFSET_DATE_TIME));
    Response page = page(filter, null);
    assertThat(page.<List<String>>path("entries.first_at")).containsExactly(minute(2), minute(1));
    assertThat(page.<List<String>>path("entries.kind")).containsOnly("logout");
    assertThat(page.<List<String>>path("entries.account")).containsOnly(account);
    String first = page.path("entries[0].id");
    assertThat(page(filter, first).<List<String>>path("entries.first_at"))
        .containsExactly(minute(1));
  }

  /** What is not known has no member; what is, has the names of the interface. */
  @Test
  void tellsWhoFromWhereWhenAndHowOften() {
    String email = newEmail();
    String account = accountId(signIn(email, PASSWORD));
    auth(email, "wrong").then().statusCode(401);
    auth(email, "wrong").then().statusCode(401);
    audit.writeRefusals();
    page(Map.of("account", account, "kind", "refusal"), null)
        .then()
        .body("entries[0].detail", equalTo("wrong password"))
        .body("entries[0].address", equalTo("127.0.0.1"))
        .body("entries[0].actor", nullValue())
        .body("entries.times.sum()", equalTo(2));
  }

  @Test
  void callThatTheRolesDoNotAllowIsAudited() {
    String person = signIn(newEmail(), PASSWORD);
    String account = accountId(person);
    as(person).get("/accounts").then().statusCode(403);
    audit.writeRefusals();
    page(Map.of("account", account, "kind", "refusal"), null)
        .then()
        .body("entries[0].detail", equalTo("role missing"))
        .body("entries[0].actor", equalTo(account))
        .body("entries[0].address", equalTo("127.0.0.1"));
  }

  @Test
  void statementsAreListedWithoutTheirLiterals() {
    String email = newEmail();
    String account = accountId(signIn(email, PASSWORD));
    as(admin, Map.of("roles", List.of("query"))).patch("/accounts/" + account);
    String reader = signIn(email, PASSWORD);
    audit.statement(
        new AuditedStatement(
            HERE.by(account), "read", "select ?", "rows", 1, Duration.ofMillis(7)));
    as(reader).get("/audit/statements").then().statusCode(403);
    as(admin)
        .get("/audit/statements?account=" + account)
        .then()
        .statusCode(200)
        .body("statements.size()", equalTo(1))
        .body("statements[0].statement", equalTo("select ?"))
        .body("statements[0].outcome", equalTo("rows"))
        .body("statements[0].milliseconds", equalTo(7))
        .body("next", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "after=x | after must be the \"next\" of a page",
        "limit=0 | limit must be a number from 1 to 500",
        "limit=501 | limit must be a number from 1 to 500",
        "kind=SIGN-IN | kind must be one of sign-in, refusal, ",
        "account=a@b.org | account must be an account's id",
        "from=yesterday | from must be a time since 1970, as in 2026-11-21T12:00:00Z",
        "to=1969-12-31T23:59:59Z | to must be a time since 1970",
        "to=%2B1000000000-12-31T23:59:59Z | to must be a time since 1970"
      })
  void wrongParameterIsToldWhatWouldBeRight(String query, String words) {
    given()
        .urlEncodingEnabled(false)
        .header("Authorization", "Bearer " + admin)
        .get("/audit?" + query)
        .then()
        .statusCode(400)
        .body("detail", containsString(words));
  }

  /** Whatever the filter, the rows come by an index that ends in the id. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id < '02' | pkey",
        "account = 'a7' AND id < '02' | account",
        "kind = 'k3' AND id < '02' | kind",
        "account = 'a7' AND kind = 'k3' AND id < '02' | account_and_kind"
      })
  void noFilterScans(String where, String index) {
    database.query(
        sql ->
            sql.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO audit (id, minute, kind, detail, account, actor, address,
                                   first_at, last_at, times)
                SELECT '01000000-0000-7000-8000-' || CAST(100000000000 + i AS text), i * 60,
                       'k' || (i % 7), '', 'a' || (i % 50), '', '192.0.2.7', i * 60, i * 60, 1
                FROM n WHERE true ON CONFLICT DO NOTHING"""));
    List<String> plan =
        database.query(
            sql -> {
              sql.execute("ANALYZE audit");
              return sql.createQuery(
                      explain()
                          + " SELECT * FROM audit WHERE "
                          + where
                          + " ORDER BY id DESC LIMIT 51")
                  .mapToMap()
                  .map(row -> row.values().toString())
                  .list();
            });
    assertByIndex(String.join("\n", plan), index);
  }

  abstract String explain();

  abstract void assertByIndex(String plan, String index);

  private Response page(Map<String, String> parameters, String after) {
    var call = as(admin).queryParams(parameters);
    Response answer = (after == null ? call : call.queryParam("after", after)).get("/audit");
    answer.then().statusCode(200);
    return answer;
  }

  private void write(String account, Kind kind, Instant time) {
    database.inTransaction(
        () -> {
          store.write(List.of(AuditEntry.once(AuditEvent.of(kind, account, HERE), time)));
          return null;
        });
  }

  private static String newId() {
    return TimeOrderedId.at(Instant.now());
  }

  private static String minute(int number) {
    return START.plus(Duration.ofMinutes(number)).toString();
  }
}
