package io.simplejwt.query;

import io.simplejwt.query.Token.Kind;

/**
 * An SQL text as it may be recorded: one line, each value replaced by {@code ?}, no comments.
 *
 * <p>Where a text can be read in two ways more is hidden: SQLite takes {@code "x"} for a name or
 * for a value, so that it is replaced; with {@code standard_conforming_strings} off PostgreSQL
 * takes {@code \'} for a quote, so that everything behind one is left out.
 */
final class Redaction {
  private static final int LONGEST = 1000;

  private Redaction() {}

  static String of(SqlText sql) {
    StringBuilder line = new StringBuilder();
    for (Token token : sql.tokens()) {
      if (line.length() > LONGEST) {
        return line.append(" …").toString();
      }
      append(line, token, sql.text());
      if (isAmbiguous(token, sql)) {
        return line.append(" …").toString();
      }
    }
    return line.toString().strip();
  }

  private static void append(StringBuilder line, Token token, String text) {
    switch (token.kind()) {
      case SPACE, COMMENT -> {
        if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
          line.append(' ');
        }
      }
      case LITERAL, ESCAPED_LITERAL, NUMBER -> line.append('?');
      default -> token.in(text).chars().limit(LONGEST).forEach(c -> line.append(plain((char) c)));
    }
  }

  /** What a terminal or a log reader could take for the end of the line stands for nothing. */
  private static char plain(char c) {
    int type = Character.getType(c);
    boolean hidden =
        Character.isISOControl(c)
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    return hidden ? '\ufffd' : c;
  }

  private static boolean isAmbiguous(Token token, SqlText sql) {
    return sql.dialect() == Dialect.POSTGRES
        && token.kind() == Kind.LITERAL
        && token.in(sql.text()).contains("\\'");
  }
}
