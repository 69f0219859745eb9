package io.simplejwt.query;

import static io.simplejwt.query.QueryCalls.answer;
import static io.simplejwt.query.QueryCalls.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.DataConfig;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QueryProfile.class)
class SqliteQueryTest extends QueryConformance {
  @Inject DataConfig data;

  @Override
  Stream<Denied> deniedToReaders(String t) {
    return forbidden(
        "insert into " + t + " values (2, 'x')",
        "insert into " + t + " values (2, 'x') returning a",
        "with n as (select 1) insert into " + t + " select 3, 'x' from n",
        "replace into " + t + " values (2, 'x')",
        "update " + t + " set a = 2",
        "delete from " + t,
        "drop table " + t,
        "alter table " + t + " add column c",
        "create table other (a)",
        "create index i on " + t + " (a)",
        "create view v as select * from " + t,
        "create trigger x after insert on " + t + " begin delete from " + t + "; end",
        "/* select */ delete from " + t,
        "-- select\ndelete from " + t,
        "/* /* */ delete from " + t,
        "analyze",
        "vacuum",
        "vacuum into '" + accounts() + ".copy'");
  }

  @Override
  Stream<Denied> deniedToAll(String t) {
    String accounts = accounts();
    return Stream.concat(
        forbidden(
            "attach '" + accounts + "' as accounts",
            "attach database 'file:" + accounts + "?mode=ro' as accounts",
            "select load_extension('/tmp/x')",
            "pragma query_only = 0",
            "PRAGMA hard_heap_limit = 1",
            "explain pragma hard_heap_limit = 1",
            "explain query plan pragma hard_heap_limit = 1",
            "/**/;;\ufeffpragma hard_heap_limit = 1",
            "/* /* */ pragma hard_heap_limit = 1",
            "pragma writable_schema = 1",
            "pragma temp_store_directory = '/'"),
        impossible(
            "backup to '" + accounts + "'",
            "restore from '" + accounts + "'",
            "select readfile('" + accounts + "')",
            "select writefile('/tmp/x', 'x')",
            "select edit('x')",
            "select fts3_tokenizer('simple', x'00')",
            "select * from pragma_hard_heap_limit(1)",
            "select * from pragma_temp_store_directory('/')",
            "update sqlite_master set sql = 'x'",
            "select length(randomblob(1000000))",
            "select hex(zeroblob(1000000))",
            "select median(1)",
            "select mode(1)",
            "select lower_quartile(1)",
            "select upper_quartile(1)",
            "select percentile(1, 50)",
            "select percentile_cont(1, 0.5)",
            "select percentile_disc(1, 0.5)",
            "commit; delete from " + t,
            "select 1; delete from " + t,
            "select '\\'; delete from " + t + " -- '",
            "select 1 /* ; */; delete from " + t));
  }

  private String accounts() {
    return Path.of(data.dir()).resolve("accounts.db").toAbsolutePath().toString();
  }

  /** It would attach the copy, and cannot in a transaction. */
  @Test
  void writersMakeNoCopies() {
    query(writer(), "vacuum into '" + accounts() + ".copy'").then().statusCode(400);
    assertThat(Path.of(accounts() + ".copy")).doesNotExist();
  }

  @Override
  String longText(int length) {
    return "substr(hex(zeroblob(" + length / 2 + ")), 1, " + length + ")";
  }

  @Test
  void sequenceOfTheApiThatThisReplacesInSqlitesWords() {
    assertThat(
            answer(
                writer(),
                "create table account (id_user integer PRIMARY KEY, username VARCHAR(50) NOT NULL)"))
        .isEqualTo("{\"result\": \"OK\"}");
    assertThat(answer(writer(), "insert into account (username) values ('pmbrull')"))
        .isEqualTo("{\"result\": \"OK\"}");
    assertThat(answer(writer(), "select * from account"))
        .startsWith(
            "{\"result\": [{\"id_user\":1,\"username\":\"pmbrull\"}], \"count\": 1, \"cut\": false, ");
  }

  @Test
  void valuesAreExact() {
    assertThat(
            answer(
                reader(),
                "select 9223372036854775807 as i, -0.1 as d, 1e400 as inf, x'00ff' as b, null as n,"
                    + " '2026-01-02' as t, 'é\"\\' as s"))
        .startsWith(
            "{\"result\": [{\"i\":9223372036854775807,\"d\":-0.1,\"inf\":\"Infinity\",\"b\":\"AP8=\",\"n\":null,"
                + "\"t\":\"2026-01-02\",\"s\":\"é\\\"\\\\\"}]");
    query(
            reader(),
            "select :i as i, :d as d, :t as t, :n is null as n",
            Map.of("i", 9007199254740993L, "d", 0.1, "t", true))
        .then()
        .statusCode(400); // n is missing
    assertThat(
            query(
                    reader(),
                    "select :i as i, :d as d, :t as t",
                    Map.of("i", 9007199254740993L, "d", 0.1, "t", true))
                .asString())
        .startsWith("{\"result\": [{\"i\":9007199254740993,\"d\":0.1,\"t\":1}]");
  }

  @Test
  void constraintsAreToldByTheirCode() {
    String table = newTable();
    answer(writer(), "create unique index u_" + table + " on " + table + " (a)");
    query(writer(), "insert into " + table + " values (1, 'y')")
        .then()
        .statusCode(400)
        .body("detail", equalTo("UNIQUE constraint failed: " + table + ".a"))
        .body("sqlite_code", equalTo("SQLITE_CONSTRAINT_UNIQUE"));
  }

  @Test
  void triggersHaveSemicolonsOfTheirOwn() {
    String table = newTable();
    answer(
        writer(),
        "create trigger tr_"
            + table
            + " after insert on "
            + table
            + " begin update "
            + table
            + " set b = case a when 1 then 'y' end; end;");
    answer(writer(), "insert into " + table + " values (1, 'x')");
    query(reader(), "select distinct b from " + table).then().body("result[0].b", equalTo("y"));
  }

  @Test
  void sessionIsForgotten() {
    answer(writer(), "create temp table mine (a)");
    query(writer(), "select * from mine").then().statusCode(400);
    answer(writer(), "savepoint s");
    String table = newTable();
    query(reader(), "select * from " + table).then().statusCode(200);
  }

  @Test
  void fileIsTheServicesAlone() throws Exception {
    Path file = Path.of(data.dir()).resolve("query.db");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }
}
