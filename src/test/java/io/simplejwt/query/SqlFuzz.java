package io.simplejwt.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.query.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What is said of a statement without running it, on whatever a fuzzer finds; run by {@code
 * ci/fuzz.sh}.
 */
public final class SqlFuzz {
  private static final int LONGEST_LINE = 4096;

  private static final List<Map<String, JsonNode>> GIVEN =
      List.of(Map.of(), Map.of("a", TextNode.valueOf("x")));

  private SqlFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    for (Dialect dialect : Dialect.values()) {
      SqlText sql = SqlText.of(text, dialect);
      requireWhole(sql);
      require(sql.isEmpty() == (sql.statements() == 0), "statements", text);
      requireOneLine(Redaction.of(sql), sql);
      if (!sql.isEmpty()) { // which is refused before
        requireBinding(sql);
      }
    }
  }

  /** Every character is part of one token: nothing can hide between two. */
  private static void requireWhole(SqlText sql) {
    int at = 0;
    for (Token token : sql.tokens()) {
      require(token.from() == at && token.to() > at, "token", sql.text());
      at = token.to();
    }
    require(at == sql.text().length(), "end", sql.text());
  }

  /** A quote can only stand there as part of a name, which is no value. */
  private static void requireOneLine(String line, SqlText sql) {
    boolean plain = line.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028);
    require(plain && line.length() < LONGEST_LINE, "line of the log", sql.text());
    boolean named = sql.tokens().stream().anyMatch(token -> token.kind() == Kind.QUOTED_NAME);
    require(named || !line.contains("'"), "value in the log", sql.text());
  }

  /** Either all names have values and places, or the caller is told what is missing. */
  private static void requireBinding(SqlText sql) {
    for (Map<String, JsonNode> given : GIVEN) {
      try {
        require(NamedParameters.bind(sql, given).place(1) >= 1, "place", sql.text());
      } catch (ProblemException refused) {
        require(refused.problem().reason().status() == 400, "refusal", sql.text());
      }
    }
  }

  private static void require(boolean holds, String what, String text) {
    if (!holds) {
      throw new AssertionError("wrong " + what + " of: " + text);
    }
  }
}
