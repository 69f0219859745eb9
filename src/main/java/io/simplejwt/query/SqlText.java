package io.simplejwt.query;

import io.simplejwt.query.Token.Kind;
import java.util.List;
import java.util.Locale;

/** One call's SQL, and what can be said of it without running it. */
record SqlText(String text, List<Token> tokens, Dialect dialect) {
  static SqlText of(String text, Dialect dialect) {
    return new SqlText(text, Lexer.split(text, dialect), dialect);
  }

  /** Nothing but white space, comments and semicolons. */
  boolean isEmpty() {
    return tokens.stream().noneMatch(token -> token.matters() && !token.is(text, ";"));
  }

  /** Whether the bare word stands anywhere, not as a value or as a name in quotes. */
  boolean hasWord(String word) {
    return tokens.stream().anyMatch(token -> token.kind() == Kind.WORD && token.is(text, word));
  }

  /**
   * How many statements SQLite would find. A trigger's body has semicolons of its own; it ends
   * where the word END follows one and another one, or nothing, follows.
   */
  int statements() {
    int statements = 0;
    StringBuilder head = new StringBuilder();
    String previous = ";";
    String beforePrevious = "";
    for (Token token : tokens) {
      if (!token.matters()) {
        continue;
      }
      String current = token.in(text).toLowerCase(Locale.ROOT);
      boolean inTrigger =
          head.toString().matches("(explain (query plan )?)?create (temp(orary)? )?trigger .*");
      boolean bodyEnded = previous.equals("end") && beforePrevious.equals(";");
      if (current.equals(";") && (!inTrigger || bodyEnded)) {
        head.setLength(0);
      } else {
        if (head.isEmpty()) {
          statements++;
        }
        if (head.length() < 64) {
          head.append(current).append(' ');
        }
      }
      beforePrevious = previous;
      previous = current;
    }
    return statements;
  }
}
