package io.simplejwt.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.core.Parser;

/** What is said of a text without running it. */
class SqlTextTest {
  private static final String SECRET = "hunter2";
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select 'it''s', 12, -1.5e-3 from t1 | select ?, ?, -? from t1",
        "select \"a name\".b from \"t\"\"2\" | select \"a name\".b from \"t\"\"2\"",
        "select E'it\\'s hunter2', 'x' | select ?, ?",
        "select $$it's$$, $a$ $b$ $$ $a$, $1 | select ?, ?, $?",
        "select x'00ff', B'101', U&'\\0061' | select x?, B?, ?",
        "select 1 -- hunter2 | select ?",
        "select /* hunter2 /* nested */ 'hunter2' */ a | select a",
        "select a$b$c, t.a$b$ from t | select a$b$c, t.a$b$ from t",
        "select 'open hunter2 | select ?",
        "select $x$ open hunter2 | select ?",
        "select 0xFF, 1_000, .5, 1.e5 | select ?, ?, ?, ?",
        "select a[1:2], :name, b::int, c ? 'x' | select a[?:?], :name, b::int, c ? ?",
        "select 'c:\\', b | select ? …",
        "select 'a\\'' hunter2 '' | select ? …",
      })
  void postgresLiteralsAreHidden(String text, String recorded) {
    assertThat(Redaction.of(SqlText.of(text, Dialect.POSTGRES))).isEqualTo(recorded.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select 'it''s', 12 from t1 | select ?, ? from t1",
        "select 'it\\', b, 'x' | select ?, b, ?",
        "select \"hunter2\", [a name], `b``c` | select ?, [a name], `b``c`",
        "select x'00ff', 0xff, 1e5 | select x?, ?, ?",
        "select /* /* */ a -- hunter2 | select a",
        "select a /* open hunter2 | select a",
        "select :a, @b, ?1, $c::d(it's hunter2) | select :a, @b, ??, ?",
        "select $$, 'hunter2' | select $$, ?",
      })
  void sqliteLiteralsAreHidden(String text, String recorded) {
    assertThat(Redaction.of(SqlText.of(text, Dialect.SQLITE))).isEqualTo(recorded.strip());
  }

  @Test
  void recordIsOneShortLine() {
    String hostile = "select \"a\nINFO forged\u2028\u001b[31m\u202e\" from " + "x, ".repeat(10_000);
    String recorded = Redaction.of(SqlText.of(hostile, Dialect.POSTGRES));

    assertThat(recorded).doesNotContain("\n", "\u2028", "\u001b", "\u202e").hasSizeLessThan(1100);
  }

  /** Values of every kind between names and operators, cut anywhere: the value never shows. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void noValueIsEverRecorded(Dialect dialect) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder("select ");
      for (int piece = random.nextInt(8); piece >= 0; piece--) {
        text.append(random.nextBoolean() ? value(random, dialect) : code(random, dialect));
      }
      String whole = text.toString();
      String cut = whole.substring(0, whole.length() - random.nextInt(4));

      assertThat(Redaction.of(SqlText.of(cut, dialect)))
          .as("seed %d: %s", seed, cut)
          .doesNotContain(SECRET);
    }
  }

  /** Whatever is sent, tokens are the text, in order and without a gap. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void tokensAreTheWholeText(Dialect dialect) {
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      String soup = soup(random);
      StringBuilder joined = new StringBuilder();
      Lexer.split(soup, dialect).forEach(token -> joined.append(token.in(soup)));
      assertThat(joined.toString()).isEqualTo(soup);
    }
  }

  /** The driver finds question marks where we do: else a value would be bound to another place. */
  @Test
  void driverSeesTheSameParameters() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < ROUNDS; round++) {
      String soup = soup(random) + " :p";
      NamedParameters bound;
      try {
        bound =
            NamedParameters.bind(
                SqlText.of(soup, Dialect.POSTGRES), Map.of("p", IntNode.valueOf(1)));
      } catch (RuntimeException swallowed) {
        continue; // by a literal or a comment that stays open
      }
      int seen =
          Parser.parseJdbcSql(bound.text(), true, true, false, false, true).stream()
              .mapToInt(query -> query.bindPositions.length)
              .sum();
      assertThat(seen).as(soup).isEqualTo(bound.values().size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select 1 | 1",
        "; ; select 1 ; -- x ; | 1",
        "select ';' ; select 2 | 2",
        "create trigger t after insert on a begin select 1; select 2; end | 1",
        "create trigger t after insert on a begin select case when 1 then 2 end; end; select 3 | 2",
        "explain query plan create temp trigger t after insert on a begin select 1; end; | 1",
        "create table trigger_of (a); drop table x | 2",
        "select [;], `;`, \";\" | 1",
        "/* ; */ | 0",
      })
  void statementsAreCounted(String text, int statements) {
    assertThat(SqlText.of(text, Dialect.SQLITE).statements()).isEqualTo(statements);
  }

  @Test
  void parametersAreFoundWhereTheyStand() {
    Map<String, JsonNode> given = Map.of("a", IntNode.valueOf(1), "b", IntNode.valueOf(2));
    SqlText sql =
        SqlText.of("f(:b,x[1:a],y::a,':a',\":a\",$$:a$$)+:a /*:a*/-:b ? 1", Dialect.POSTGRES);
    NamedParameters bound = NamedParameters.bind(sql, given);

    assertThat(bound.text()).isEqualTo("f(?,x[1:a],y::a,':a',\":a\",$$:a$$)+? /*:a*/-? ?? 1");
    assertThat(bound.values()).isEqualTo(List.of(given.get("b"), given.get("a"), given.get("b")));
    assertThatThrownBy(() -> NamedParameters.bind(SqlText.of("select :c", Dialect.POSTGRES), given))
        .hasMessageContaining("Missing parameter: c");
  }

  private static String value(Random random, Dialect dialect) {
    String inside =
        SECRET
            + List.of("", "''", "--", "/*", "*/", ";", "$", "\"", "\n", "]", "x", ":a", "\\\\")
                .get(random.nextInt(13))
            + SECRET;
    List<String> common =
        List.of(
            "'" + inside + "'",
            "/*" + inside.replace("*/", "").replace("/*", "") + "*/",
            "--" + inside.replace("\n", "") + "\n");
    List<String> own =
        dialect == Dialect.POSTGRES
            ? List.of(
                "E'" + inside + "\\'" + SECRET + "'",
                "$$" + inside.replace("$", "") + "$$",
                "$t$" + inside + "$$" + SECRET + "$t$",
                "/*/*" + SECRET + "*/" + SECRET + "*/",
                "U&'" + SECRET + "'")
            : List.of(
                "\"" + inside.replace("\"", "\"\"") + "\"",
                "x'" + SECRET + "'",
                "$a('" + SECRET + ")");
    int chosen = random.nextInt(common.size() + own.size());
    return " "
        + (chosen < common.size() ? common.get(chosen) : own.get(chosen - common.size()))
        + " ";
  }

  private static String code(Random random, Dialect dialect) {
    List<String> code =
        List.of(
            "a",
            "b$c$d",
            ",",
            "(",
            ")",
            "::int",
            " from t ",
            "=",
            "e",
            "12",
            "1e5",
            ".5",
            "*",
            "/",
            "-",
            "->>",
            "?",
            ":p",
            "\n");
    List<String> names =
        dialect == Dialect.POSTGRES
            ? List.of("\"it's\"", "\"--\"", "a[1:2]", "$1")
            : List.of("[it's]", "`it's`", "[--]", "@v", "?1");
    int chosen = random.nextInt(code.size() + names.size());
    return " " + (chosen < code.size() ? code.get(chosen) : names.get(chosen - code.size())) + " ";
  }

  private static String soup(Random random) {
    String alphabet = "'\"$`[]/*-;:?\\ \naeEuU1.&x(_é\r@#";
    StringBuilder soup = new StringBuilder();
    for (int i = random.nextInt(24); i >= 0; i--) {
      soup.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return soup.toString();
  }
}
