package io.simplejwt.query;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.json;
import static io.simplejwt.query.QueryCalls.answer;
import static io.simplejwt.query.QueryCalls.query;
import static io.simplejwt.query.QueryCalls.tokenWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.simplejwt.store.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for queries on either database. */
abstract class QueryConformance {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static String reader;
  private static String writer;

  @Inject Database accounts;

  @BeforeEach
  void people() {
    if (reader == null || contents(reader) != 200) {
      reader = tokenWith("query");
      writer = tokenWith("query-write");
    }
  }

  final String reader() {
    return reader;
  }

  final String writer() {
    return writer;
  }

  /** Makes a table with one row, for this test alone. */
  final String newTable() {
    String table = "t" + TABLES.incrementAndGet();
    answer(writer, "create table " + table + " (a integer, b text)");
    answer(writer, "insert into " + table + " values (1, 'x')");
    return table;
  }

  /** What no reader may do. */
  abstract Stream<Denied> deniedToReaders(String table);

  /** What not even a writer may do. */
  abstract Stream<Denied> deniedToAll(String table);

  /** A statement and how it is refused. */
  record Denied(int status, String sql) {}

  /** Understood, and not allowed. */
  static Stream<Denied> forbidden(String... statements) {
    return Stream.of(statements).map(sql -> new Denied(403, sql));
  }

  /** Nothing that could be done here at all. */
  static Stream<Denied> impossible(String... statements) {
    return Stream.of(statements).map(sql -> new Denied(400, sql));
  }

  @TestFactory
  Stream<DynamicTest> readersAreDenied() {
    String table = newTable();
    return Stream.concat(deniedToReaders(table), deniedToAll(table))
        .map(denied -> test(reader, denied, table));
  }

  @TestFactory
  Stream<DynamicTest> writersAreDenied() {
    String table = newTable();
    return deniedToAll(table).map(denied -> test(writer, denied, table));
  }

  private static DynamicTest test(String token, Denied denied, String table) {
    return DynamicTest.dynamicTest(
        denied.sql(),
        () -> {
          Response answer = query(token, denied.sql());
          assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(denied.status());
          assertThat(answer.contentType()).isEqualTo("application/problem+json");
          assertThat(answer(writer, "select a, b from " + table))
              .startsWith("{\"result\": [{\"a\":1,\"b\":\"x\"}], \"count\": 1,");
        });
  }

  @Test
  void writersReadAndReadersSeeWhatTheyWrote() {
    String table = newTable();
    query(reader, "select * from " + table)
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("result", equalTo(List.of(Map.of("a", 1, "b", "x"))))
        .body("count", equalTo(1))
        .body("cut", equalTo(false));
    assertThat(answer(writer, "update " + table + " set b = 'y'"))
        .isEqualTo("{\"result\": \"OK\"}");
    assertThat(answer(writer, "insert into " + table + " values (2, 'z') returning a"))
        .startsWith("{\"result\": [{\"a\":2}]");
    assertThat(answer(reader, "select * from " + table + " where a = 7"))
        .isEqualTo("{\"result\": []}");
    query(reader, "select b from " + table + " order by a")
        .then()
        .body("result.b", equalTo(List.of("y", "z")));
  }

  @Test
  void onlyTheTwoRolesMayAsk() {
    json(Map.of("query", "select 1")).post("/query").then().statusCode(401);
    query(tokenWith(), "select 1").then().statusCode(403);
    query(tokenWith("admin", "service"), "select 1").then().statusCode(403);
  }

  /** In the accounts' store, where nobody who queries can reach it. */
  @Test
  void everyStatementIsAuditedWithoutItsValues() {
    String asker = tokenWith("query");
    query(asker, "select 'hidden' as word, 17 as number").then().statusCode(200);
    query(asker, "select 'hidden' from nowhere").then().statusCode(400);

    assertThat(audited(accountId(asker)))
        .satisfiesExactly(
            run -> assertThat(run).isEqualTo("read OK 1 select ? as word, ? as number"),
            refused ->
                assertThat(refused)
                    .startsWith("read QUERY_FAILED")
                    .endsWith(" 0 select ? from nowhere"));
  }

  private List<String> audited(String account) {
    return accounts.query(
        sql ->
            sql.createQuery(
                    """
                    SELECT access || ' ' || outcome || ' ' || row_count || ' ' || statement
                    FROM audit_statement WHERE account = :account ORDER BY id""")
                .bind("account", account)
                .mapTo(String.class)
                .list());
  }

  @Test
  void columnsOfOneNameAreToldApart() {
    assertThat(answer(reader, "select 1 as a, 2 as a, 3 as a_2, 4 as a"))
        .startsWith("{\"result\": [{\"a\":1,\"a_3\":2,\"a_2\":3,\"a_4\":4}]");
  }

  @Test
  void columnsKeepTheirOrder() {
    assertThat(answer(reader, "select 1 as zz, 2 as a, 3 as m"))
        .startsWith("{\"result\": [{\"zz\":1,\"a\":2,\"m\":3}]");
  }

  @Test
  void namedParametersAreBoundAndNothingElseIsTouched() {
    String sql = "select :a as a, ':b' as b, /* :c */ :d as d -- :e\n, :a as again";
    query(reader, "select * from (" + sql + "\n) x", Map.of("a", 1, "d", "it's"))
        .then()
        .statusCode(200)
        .body("result[0].a", equalTo(1))
        .body("result[0].b", equalTo(":b"))
        .body("result[0].d", equalTo("it's"))
        .body("result[0].again", equalTo(1));
  }

  @Test
  void parametersAreNeverPartOfTheStatement() {
    String table = newTable();
    query(reader, "select * from " + table + " where b = :b", Map.of("b", "' or '1'='1"))
        .then()
        .statusCode(200)
        .body("result", hasSize(0));
  }

  @Test
  void everyNameNeedsItsParameterAndTheOtherWayRound() {
    query(reader, "select :a, :b", Map.of("a", 1))
        .then()
        .statusCode(400)
        .body("detail", equalTo("Missing parameter: b"));
    query(reader, "select :a", Map.of("a", 1, "b", 1))
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:simple-jwt-api:problem:invalid-request"));
  }

  @Test
  void rowsBeyondTheLimitAreCutAndSaidToBe() {
    String thousand =
        "with recursive c(x) as (select 1 union all select x + 1 from c where x < %d) select x from c";
    query(reader, thousand.formatted(1000))
        .then()
        .statusCode(200)
        .body("count", equalTo(1000))
        .body("cut", equalTo(false));
    query(reader, thousand.formatted(100_000_000))
        .then()
        .statusCode(200)
        .body("result", hasSize(1000))
        .body("result[999].x", equalTo(1000))
        .body("count", equalTo(1000))
        .body("cut", equalTo(true));
  }

  @Test
  void answersBeyondTheLimitAreCutBehindAWholeRow() {
    String table = newTable();
    String hundredKilobytes = longText(100_000);
    answer(writer, "insert into " + table + " select 2, " + hundredKilobytes + " from " + table);
    for (int i = 0; i < 4; i++) { // 16 rows
      answer(writer, "insert into " + table + " select a, b from " + table + " where a = 2");
    }
    Response cut = query(reader, "select b from " + table + " where a = 2");
    cut.then().statusCode(200).body("count", equalTo(10)).body("cut", equalTo(true));
    assertThat(cut.asByteArray()).hasSizeLessThan(1024 * 1024 + 200);
  }

  /** An SQL expression for a text of this length. */
  abstract String longText(int length);

  @Test
  void statementsAreOneAtATime() {
    String table = newTable();
    for (String sql :
        List.of(
            "select 1; select 2",
            "select 1; drop table " + table,
            "select ';' ; /* ; */ delete from " + table,
            "select 1;;;select 2")) {
      query(writer, sql)
          .then()
          .statusCode(400)
          .body("detail", equalTo("Send one statement a call"));
    }
    assertThat(answer(writer, "select ';' as a /* ; */ -- ;\n;")).contains("\"a\":\";\"");
    assertThat(count(writer, table)).isEqualTo(1);
  }

  @Test
  void emptyAndEnormousTextsAreRefused() {
    for (String sql :
        List.of(
            ";",
            " ",
            "-- nothing\n",
            "/* ; */;",
            "select \u0000",
            "select '" + "x".repeat(32 * 1024) + "'")) {
      query(reader, sql)
          .then()
          .statusCode(400)
          .body("type", equalTo("urn:simple-jwt-api:problem:invalid-request"));
    }
    query(reader, "").then().statusCode(400).body("detail", equalTo("Missing parameter: query"));
    as(reader, Map.of()).post("/query").then().statusCode(400);
  }

  @Test
  void wrongSqlIsToldInTheDatabasesWords() {
    query(reader, "selec 1")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:simple-jwt-api:problem:query-failed"))
        .body("detail", containsString("near \"selec\""));
    query(reader, "select * from nowhere")
        .then()
        .statusCode(400)
        .body("detail", containsString("nowhere"));
  }

  @Test
  void unknownMembersAreIgnoredAndWrongOnesRefused() {
    as(reader, Map.of("query", "select 1 as a", "roles", List.of("query-write")))
        .post("/query")
        .then()
        .statusCode(200);
    as(reader, Map.of("query", List.of("select 1"))).post("/query").then().statusCode(400);
    as(reader, Map.of("query", "select 1", "parameters", List.of(1)))
        .post("/query")
        .then()
        .statusCode(400);
    given()
        .header("Authorization", "Bearer " + reader)
        .body("select 1")
        .post("/query")
        .then()
        .statusCode(415);
  }

  static int count(String token, String table) {
    return count(answer(token, "select count(*) as n from " + table));
  }

  private static int count(String answer) {
    return JsonPath.from(answer).getInt("result[0].n");
  }
}
