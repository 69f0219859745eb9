package io.simplejwt.query;

/** A piece of an SQL text, from its first character to before its last. */
record Token(Kind kind, int from, int to) {
  enum Kind {
    SPACE,
    COMMENT,
    /** A text in quotes of any kind that is a value. */
    LITERAL,
    /** A text whose backslashes are escapes: {@code E'it\'s'}. */
    ESCAPED_LITERAL,
    NUMBER,
    WORD,
    /** A name in quotes. */
    QUOTED_NAME,
    /** {@code :name}. */
    PARAMETER,
    /** An operator or a bracket, of one character. */
    SIGN
  }

  String in(String text) {
    return text.substring(from, to);
  }

  /** Neither white space nor a comment. */
  boolean matters() {
    return kind != Kind.SPACE && kind != Kind.COMMENT;
  }

  boolean is(String text, String word) {
    return to - from == word.length() && text.regionMatches(true, from, word, 0, word.length());
  }
}
