package io.simplejwt.query;

import static io.simplejwt.query.QueryCalls.answer;
import static io.simplejwt.query.QueryCalls.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QueryProfile.Postgres.class)
class PostgresQueryTest extends QueryConformance {
  @Override
  Stream<Denied> deniedToReaders(String t) {
    answer(writer(), "create sequence if not exists numbers");
    return Stream.concat(
        forbidden(
            "insert into " + t + " values (2, 'x')",
            "insert into " + t + " values (2, 'x') returning a",
            "with gone as (delete from " + t + " returning a) select * from gone",
            "update " + t + " set a = 2",
            "delete from " + t,
            "truncate " + t,
            "drop table " + t,
            "alter table " + t + " add column c int",
            "create table other (a int)",
            "create temp table other (a int)",
            "select * into other from " + t,
            "create view v as select * from " + t,
            "create function f() returns int language sql as 'select 1'",
            "create role somebody",
            "alter role current_user password 'x'",
            "alter role current_user set default_transaction_read_only = off",
            "grant select on " + t + " to public",
            "explain analyze delete from " + t,
            "select * from " + t + " for update",
            "lock table " + t + " in access exclusive mode",
            "select nextval('numbers')",
            "select setval('numbers', 7)",
            "do 'begin delete from " + t + "; end'",
            "/* select */ delete from " + t,
            "-- select\rdelete from " + t,
            "/* /* */ select 1 */ delete from " + t,
            "reindex table " + t,
            "set role query_writer",
            "set session authorization query_writer"),
        impossible(
            "select set_config('transaction_read_only', 'off', false)",
            "do $$ begin perform set_config('transaction_read_only', 'off', true); delete from "
                + t
                + "; end $$",
            "do $$ begin set transaction read write; delete from " + t + "; end $$",
            "do $$ begin commit; delete from " + t + "; end $$",
            "do $$ begin rollback; delete from " + t + "; end $$",
            "vacuum " + t));
  }

  @Override
  Stream<Denied> deniedToAll(String t) {
    return Stream.concat(
        forbidden(
            "copy " + t + " to program 'touch /tmp/x'",
            "copy " + t + " from program 'echo 1'",
            "copy " + t + " to '/tmp/x'",
            "copy " + t + " from '/etc/passwd'",
            "select pg_read_file('/etc/passwd')",
            "select pg_read_binary_file('/etc/passwd')",
            "select pg_ls_dir('/')",
            "select lo_import('/etc/passwd')",
            "select lo_export(1, '/tmp/x')",
            "create extension dblink",
            "create extension file_fdw",
            "set role postgres",
            "set session authorization postgres",
            "do $$ begin set local role postgres; end $$",
            "alter role postgres nosuperuser",
            "create role somebody superuser",
            "load 'auto_explain'",
            "select * from pg_authid",
            "select pg_reload_conf()",
            "create function f() returns int language c as 'x', 'y'"),
        impossible(
            "select dblink('dbname=postgres', 'select 1')",
            "do language plpythonu 'import os'",
            "alter system set log_statement = 'all'",
            "copy " + t + " to stdout",
            "commit; delete from " + t,
            "commit; begin; delete from " + t,
            "select 1; delete from " + t,
            "select 1 /* ; */; delete from " + t,
            "select $$;$$; delete from " + t,
            "select E'\\'; delete from " + t + " --'; delete from " + t,
            "select '\\'; delete from " + t + " --'"));
  }

  /** PostgreSQL calls it a violation of the protocol, as if the connection were broken. */
  @Test
  void parametersOfPostgresqlsOwnKindAreTheCallersMistake() {
    query(writer(), "select $1")
        .then()
        .statusCode(400)
        .body("detail", containsString(":name"))
        .body("sqlstate", equalTo("08P01"));
  }

  /** The driver has an interface of its own for it, which nobody reaches from here. */
  @Test
  void nothingIsCopiedFromTheCaller() {
    query(writer(), "copy " + newTable() + " from stdin").then().statusCode(400);
    query(writer(), "select 1 as a").then().statusCode(200);
  }

  @Override
  String longText(int length) {
    return "repeat('x', " + length + ")";
  }

  @Test
  void sequenceOfTheApiThatThisReplacesWordForWord() {
    answer(writer(), "drop table if exists account");
    assertThat(
            answer(
                writer(),
                "create table account (id_user serial PRIMARY KEY, username VARCHAR(50) NOT NULL)"))
        .isEqualTo("{\"result\": \"OK\"}");
    assertThat(answer(writer(), "insert into account (username) values ('pmbrull')"))
        .isEqualTo("{\"result\": \"OK\"}");
    assertThat(answer(writer(), "select * from account"))
        .startsWith(
            "{\"result\": [{\"id_user\":1,\"username\":\"pmbrull\"}], \"count\": 1, \"cut\": false, ");
    assertThat(answer(reader(), "select * from account where false")).isEqualTo("{\"result\": []}");
  }

  @Test
  void valuesAreExact() {
    assertThat(
            answer(
                reader(),
                """
                select 9223372036854775807 as i, 1.50::numeric as d, 12345678901234567890.123456789 as big,
                  0.1::float4 as f, 1e20::float8 as g, 'NaN'::numeric as nan, '-Infinity'::float8 as inf,
                  true as t, null as n, '\\x00ff'::bytea as b, '{"a": [1, 2.50]}'::jsonb as j, '[ 1 ]'::json as k,
                  'x'::char(3) as c, '5'::money as m, 5::oid as o, B'101' as bits,
                  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid as u"""))
        .startsWith(
            "{\"result\": [{\"i\":9223372036854775807,\"d\":1.50,\"big\":12345678901234567890.123456789,"
                + "\"f\":0.1,\"g\":1e+20,\"nan\":\"NaN\",\"inf\":\"-Infinity\",\"t\":true,\"n\":null,\"b\":\"AP8=\","
                + "\"j\":{\"a\": [1, 2.50]},\"k\":[ 1 ],\"c\":\"x  \",\"m\":\"$5.00\",\"o\":5,\"bits\":\"101\","
                + "\"u\":\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"}]");
  }

  @Test
  void timesAreIso8601() {
    assertThat(
            answer(
                reader(),
                """
                select date '2026-01-02' as d, timestamp '2026-01-02 03:04:05.678' as ts,
                  (timestamptz '2026-01-02 03:04:05+00' at time zone 'UTC')::timestamp as utc,
                  time '03:04:05' as t, timetz '03:04:05+05:30' as tz, timetz '03:04:05+02' as tz2,
                  interval '1 day 2 hours' as i, timestamp 'infinity' as ever"""))
        .startsWith(
            "{\"result\": [{\"d\":\"2026-01-02\",\"ts\":\"2026-01-02T03:04:05.678\",\"utc\":\"2026-01-02T03:04:05\","
                + "\"t\":\"03:04:05\",\"tz\":\"03:04:05+05:30\",\"tz2\":\"03:04:05+02:00\",\"i\":\"P1DT2H\",\"ever\":\"infinity\"}]");
    query(reader(), "select now() as now")
        .then()
        .body(
            "result[0].now",
            matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?[-+]\\d\\d:\\d\\d"));
  }

  @Test
  void arraysAreArrays() {
    assertThat(
            answer(
                reader(),
                """
                select array[1, 2, null] as i, array[array['a', 'b c'], array['"', '\\']] as s,
                  '{}'::int[] as none, '[0:1]={1,2}'::int[] as bounds, array[true] as t,
                  array['{"a": 1}'::jsonb] as j, array['\\x00ff'::bytea] as b, array['NULL', 'x,y'] as n,
                  array[timestamp '2026-01-02 03:04:05'] as ts, array['NaN', 1.50]::numeric[] as d,
                  '1 2'::int2vector as v"""))
        .startsWith(
            "{\"result\": [{\"i\":[1,2,null],\"s\":[[\"a\",\"b c\"],[\"\\\"\",\"\\\\\"]],\"none\":[],\"bounds\":[1,2],"
                + "\"t\":[true],\"j\":[{\"a\": 1}],\"b\":[\"AP8=\"],\"n\":[\"NULL\",\"x,y\"],\"ts\":[\"2026-01-02T03:04:05\"],"
                + "\"d\":[\"NaN\",1.50],\"v\":");
  }

  @Test
  void textWithoutParametersIsUntouched() {
    query(
            reader(),
            "select '{\"a\": 1}'::jsonb ? 'a' as has, '{fn now()}' as escape, ':x'::text as colon, (array[1,2,3])[1:2] as slice")
        .then()
        .statusCode(200)
        .body("result[0].has", equalTo(true))
        .body("result[0].escape", equalTo("{fn now()}"))
        .body("result[0].slice", equalTo(List.of(1, 2)));
    query(reader(), "select {fn now()}").then().statusCode(400);
  }

  @Test
  void operatorsAndCastsStandBesideParameters() {
    query(
            reader(),
            "select :j::jsonb ? 'a' as has, (array[1,2,3])[1:2] as slice, :d::date as d, :n::numeric as n, $$:j$$ as quoted",
            Map.of("j", "{\"a\": 1}", "d", "2026-01-02", "n", "1.50"))
        .then()
        .statusCode(200)
        .body("result[0].has", equalTo(true))
        .body("result[0].d", equalTo("2026-01-02"))
        .body("result[0].quoted", equalTo(":j"));
  }

  @Test
  void failuresHaveStateAndPosition() {
    query(reader(), "select  nope")
        .then()
        .statusCode(400)
        .body("detail", equalTo("column \"nope\" does not exist"))
        .body("sqlstate", equalTo("42703"))
        .body("position", equalTo(9));
    query(
            reader(),
            "select :long_name, 'é😀', '{}'::jsonb ? 'x', :b, nope",
            Map.of("long_name", 1, "b", 2))
        .then()
        .statusCode(400)
        .body("sqlstate", equalTo("42703"))
        .body(
            "position",
            equalTo("select :long_name, 'é_', '{}'::jsonb ? 'x', :b, nope".indexOf("nope") + 1));
    query(reader(), "delete from pg_class")
        .then()
        .statusCode(403)
        .body("sqlstate", equalTo("25006"));
    query(writer(), "select pg_read_file('x')")
        .then()
        .statusCode(403)
        .body("sqlstate", equalTo("42501"));
  }

  @Test
  void sessionIsForgotten() {
    answer(writer(), "create temp table mine (a int)");
    answer(writer(), "set search_path to nowhere");
    answer(writer(), "select set_config('statement_timeout', '1', false)");
    answer(writer(), "listen x");
    answer(writer(), "prepare p as select 1");
    answer(writer(), "select pg_advisory_lock(7)");
    answer(writer(), "do $$ begin execute 'deallocate all'; end $$");
    for (int i = 0; i < 10; i++) {
      query(writer(), "select * from mine")
          .then()
          .statusCode(400)
          .body("sqlstate", equalTo("42P01"));
      query(writer(), "execute p").then().statusCode(400);
      query(
              writer(),
              "select current_setting('search_path') as p, current_setting('statement_timeout') as t")
          .then()
          .statusCode(200)
          .body("result[0].p", equalTo("\"$user\", public"))
          .body("result[0].t", equalTo("0"));
    }
    query(reader(), "select * from pg_locks where locktype = 'advisory'")
        .then()
        .body("result", hasSize(0));
  }

  /** A read-only transaction lets large objects be made (before PostgreSQL 16). */
  @Test
  void nothingThatReadersMakeStays() throws Exception {
    query(reader(), "select lo_create(4711)");
    query(reader(), "select pg_notify('x', 'y')");
    try (Connection connection = QueryServer.superuser();
        Statement sql = connection.createStatement();
        ResultSet made = sql.executeQuery("select count(*) from pg_largeobject_metadata")) {
      made.next();
      assertThat(made.getInt(1)).isZero();
    }
  }

  /** Code in the database can catch a cancellation; the connection's end it cannot. */
  @Test
  void statementThatHeedsNoCancellationIsKilled() {
    query(
            reader(),
            """
            do $$ begin loop begin perform pg_sleep(60); exception when query_canceled then null; end; end loop; end $$""")
        .then()
        .statusCode(504);
    query(reader(), "select count(*) as n from pg_stat_activity where query like 'do %'")
        .then()
        .statusCode(200)
        .body("result[0].n", equalTo(0));
  }

  @Test
  void sleepIsStopped() {
    query(reader(), "select pg_sleep(60)").then().statusCode(504);
    query(reader(), "select pg_sleep(60) from generate_series(1, 1000)").then().statusCode(504);
  }

  @Test
  void valueOfManyMegabytesIsNotReadIntoMemory() {
    query(reader(), "select repeat('x', 6000000) as a")
        .then()
        .statusCode(400)
        .body("detail", equalTo("The rows are larger than QUERY_MAX_BYTES by far: select less"));
    query(reader(), "select repeat('x', 2000000) as a")
        .then()
        .statusCode(400)
        .body("detail", containsString("The first row is larger than QUERY_MAX_BYTES"));
    query(reader(), "select 1 as a").then().statusCode(200);
  }

  /** By an operator's mistake, while connections that were checked before are in use. */
  @Test
  void readersStayReadersWhateverTheyAreGranted() throws Exception {
    String table = newTable();
    asSuperuser("grant all on " + table + " to query_reader");
    try {
      query(reader(), "insert into " + table + " values (2, 'x')")
          .then()
          .statusCode(403)
          .body("sqlstate", equalTo("25006"));
    } finally {
      asSuperuser("revoke all on " + table + " from query_reader");
    }
  }

  private static void asSuperuser(String statement) throws SQLException {
    try (Connection connection = QueryServer.superuser();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
