package io.simplejwt.telemetry;

import java.util.Locale;

/**
 * What a caller sent, as it may be told: bounded, in printable ASCII without quotes, so that it can
 * neither forge a line nor reach a terminal that shows one, and without what is as long as a token.
 */
final class Told {
  private static final int LONGEST = 200;

  /** An id is shorter (36), a refresh token is longer (43), an access token by far. */
  private static final int LONGEST_WORD = 40;

  private Told() {}

  /** A path or the name of a client; words are what stands between slashes, or spaces. */
  static String of(String text) {
    StringBuilder told = new StringBuilder();
    int begin = 0;
    while (begin < text.length() && told.length() < LONGEST) {
      int end = begin;
      while (end < text.length() && !separates(text.charAt(end))) {
        end++;
      }
      if (end - begin > LONGEST_WORD) {
        told.append('<').append(end - begin).append("-characters>");
      } else {
        text.substring(begin, end).chars().forEach(c -> append(told, (char) c));
      }
      if (end < text.length()) {
        told.append(text.charAt(end));
      }
      begin = end + 1;
    }
    told.setLength(Math.min(told.length(), LONGEST));
    return told.toString();
  }

  private static boolean separates(char c) {
    return c == '/' || c == ' ';
  }

  private static void append(StringBuilder told, char c) {
    if (c > ' ' && c < 0x7f && c != '"' && c != '\\') {
      told.append(c);
    } else {
      told.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
  }
}
