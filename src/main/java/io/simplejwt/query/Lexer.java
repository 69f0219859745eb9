package io.simplejwt.query;

import io.simplejwt.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits an SQL text into tokens as the database itself does, so that what looks like a literal, a
 * comment or a parameter here is one there. It knows no grammar, and accepts any text: what is
 * opened and never closed reaches to the end.
 *
 * <p>PostgreSQL's manual §4.1 and SQLite's tokenize.c are followed where they differ: comments nest
 * in the one, names may stand in brackets in the other.
 */
final class Lexer {
  private static final String SPACES = " \t\n\r\f\u000b\ufeff";

  private final String text;
  private final Dialect dialect;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text, Dialect dialect) {
    this.text = text;
    this.dialect = dialect;
  }

  static List<Token> split(String text, Dialect dialect) {
    Lexer lexer = new Lexer(text, dialect);
    while (lexer.at < text.length()) {
      int from = lexer.at;
      Kind kind = lexer.next();
      lexer.tokens.add(new Token(kind, from, lexer.at));
    }
    return List.copyOf(lexer.tokens);
  }

  private Kind next() {
    char c = text.charAt(at);
    if (SPACES.indexOf(c) >= 0) {
      at++;
      return Kind.SPACE;
    }
    if (looksAt("--")) {
      return line();
    }
    if (looksAt("/*")) {
      return dialect == Dialect.POSTGRES ? nestedComment() : comment();
    }
    if (isDigit(c) || c == '.' && isDigit(peek(1))) {
      return number();
    }
    if (isNameStart(c)) {
      return word();
    }
    return switch (c) {
      case '\'' -> quoted('\'', Kind.LITERAL);
      // SQLite takes a name that it does not know for a text.
      case '"' -> quoted('"', dialect == Dialect.POSTGRES ? Kind.QUOTED_NAME : Kind.LITERAL);
      case ':', '@', '#' -> variable(c);
      case '$' -> dialect == Dialect.POSTGRES ? dollar() : variable(c);
      case '`', '[' -> dialect == Dialect.SQLITE ? foreignName(c) : sign();
      default -> sign();
    };
  }

  private Kind sign() {
    at++;
    return Kind.SIGN;
  }

  private Kind line() {
    while (at < text.length() && text.charAt(at) != '\n' && !endsLineInPostgres(text.charAt(at))) {
      at++;
    }
    return Kind.COMMENT;
  }

  private boolean endsLineInPostgres(char c) {
    return dialect == Dialect.POSTGRES && c == '\r';
  }

  private Kind comment() {
    jumpBehind("*/", at + 2);
    return Kind.COMMENT;
  }

  private Kind nestedComment() {
    int depth = 0;
    do {
      if (looksAt("/*")) {
        depth++;
        at += 2;
      } else if (looksAt("*/")) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
    return Kind.COMMENT;
  }

  /** Greedy: what cannot belong to a number is wrong SQL anyway. */
  private Kind number() {
    while (at < text.length() && isNumberPart(text.charAt(at))) {
      boolean exponent = (text.charAt(at) | 0x20) == 'e' && (peek(1) == '+' || peek(1) == '-');
      at += exponent && isDigit(peek(2)) ? 2 : 1;
    }
    return Kind.NUMBER;
  }

  private Kind word() {
    int from = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    boolean prefix = dialect == Dialect.POSTGRES && at == from + 1;
    if (prefix && (text.charAt(from) | 0x20) == 'e' && looksAt("'")) {
      return escaped();
    }
    if (prefix && (text.charAt(from) | 0x20) == 'u' && looksAt("&'")) {
      at++;
      return quoted('\'', Kind.LITERAL);
    }
    return Kind.WORD;
  }

  /** The quote doubled stands for itself. */
  private Kind quoted(char quote, Kind kind) {
    at++;
    while (at < text.length()) {
      if (text.charAt(at) != quote) {
        at++;
      } else if (peek(1) == quote) {
        at += 2;
      } else {
        at++;
        return kind;
      }
    }
    return kind;
  }

  private Kind escaped() {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' || c == '\'' && peek(1) == '\'') {
        at = Math.min(at + 2, text.length());
      } else {
        at++;
        if (c == '\'') {
          break;
        }
      }
    }
    return Kind.ESCAPED_LITERAL;
  }

  /** {@code $tag$ … $tag$}; a tag has no dollar, and does not begin with a digit. */
  private Kind dollar() {
    int end = at + 1;
    while (end < text.length() && isNamePart(text.charAt(end)) && text.charAt(end) != '$') {
      end++;
    }
    boolean opens = end < text.length() && text.charAt(end) == '$' && !isDigit(text.charAt(at + 1));
    if (!opens) {
      return sign();
    }
    jumpBehind(text.substring(at, end + 1), end + 1);
    return Kind.LITERAL;
  }

  private Kind foreignName(char open) {
    if (open == '`') {
      return quoted('`', Kind.QUOTED_NAME);
    }
    jumpBehind("]", at + 1);
    return Kind.QUOTED_NAME;
  }

  /**
   * {@code :name}, unless it is a cast ({@code ::}) or the end of a slice ({@code a[1:n]}). SQLite
   * has further variables, whose names may contain brackets with anything in them.
   */
  private Kind variable(char sigil) {
    if (sigil == ':' && peek(1) == ':') {
      at += 2;
      return Kind.SIGN;
    }
    if (sigil == ':' && isAsciiNameStart(peek(1)) && !endsValue()) {
      at++;
      while (at < text.length() && isNamePart(text.charAt(at)) && text.charAt(at) != '$') {
        at++;
      }
      if (!(dialect == Dialect.SQLITE && looksAt("("))) {
        return Kind.PARAMETER;
      }
      jumpBehind(")", at);
      return Kind.LITERAL;
    }
    return dialect == Dialect.SQLITE ? tclVariable() : sign();
  }

  private Kind tclVariable() {
    at++;
    while (at < text.length() && isNamePart(text.charAt(at)) || looksAt("::")) {
      at += looksAt("::") ? 2 : 1;
    }
    if (looksAt("(")) {
      jumpBehind(")", at);
      return Kind.LITERAL;
    }
    return Kind.SIGN;
  }

  private boolean endsValue() {
    char before = at == 0 ? ' ' : text.charAt(at - 1);
    return isNamePart(before) || before == ')' || before == ']';
  }

  private void jumpBehind(String end, int from) {
    int found = text.indexOf(end, from);
    at = found < 0 ? text.length() : found + end.length();
  }

  private boolean looksAt(String start) {
    return text.startsWith(start, at);
  }

  /** NUL behind the end: no text has one. */
  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
  }

  private static boolean isNumberPart(char c) {
    return c == '.' || c != '$' && isNamePart(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAsciiNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isNameStart(char c) {
    return isAsciiNameStart(c) || c >= 0x80;
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}
