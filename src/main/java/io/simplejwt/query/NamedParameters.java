package io.simplejwt.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.query.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A statement whose {@code :names} have become the driver's question marks, with their values in
 * the same order. A question mark that is an operator is doubled for PostgreSQL's driver, which
 * undoes that.
 */
final class NamedParameters {
  private final StringBuilder text = new StringBuilder();
  private final List<JsonNode> values = new ArrayList<>();
  // Where each token begins in what the server reads and in what the caller wrote, in code points.
  private final List<int[]> places = new ArrayList<>();

  private NamedParameters() {}

  /** Every name of the text has a value, every value has a name in the text; else a problem. */
  static NamedParameters bind(SqlText sql, Map<String, JsonNode> given) {
    NamedParameters bound = new NamedParameters();
    Set<String> used = new HashSet<>();
    int sent = 1;
    int written = 1;
    for (Token token : sql.tokens()) {
      bound.places.add(new int[] {sent, written});
      String piece = token.in(sql.text());
      int length = piece.codePointCount(0, piece.length());
      written += length;
      if (token.kind() == Kind.PARAMETER) {
        String name = piece.substring(1);
        bound.take(name, given.get(name));
        used.add(name);
        sent += 1 + String.valueOf(bound.values.size()).length(); // the driver sends $1, $2, …
      } else {
        boolean operator = piece.equals("?") && sql.dialect() == Dialect.POSTGRES;
        bound.text.append(operator ? "??" : piece);
        sent += length;
      }
    }
    if (!used.containsAll(given.keySet())) {
      throw Problem.of(
              Reason.INVALID_REQUEST, "A parameter stands nowhere in the statement as :name")
          .exception();
    }
    return bound;
  }

  private void take(String name, JsonNode value) {
    if (value == null) {
      throw Problem.of(Reason.MISSING_PARAMETER, "Missing parameter: " + name).exception();
    }
    text.append('?');
    values.add(value);
  }

  String text() {
    return text.toString();
  }

  List<JsonNode> values() {
    return values;
  }

  /** Where the caller wrote what the server found at this place, both from 1. */
  int place(int found) {
    int[] token = places.get(0);
    for (int[] next : places) {
      if (next[0] > found) {
        break;
      }
      token = next;
    }
    return token[1] + found - token[0];
  }
}
