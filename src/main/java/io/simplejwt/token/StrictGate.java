package io.simplejwt.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What any token must look like before anything is parsed: bounded, exactly three parts, each of
 * them base64url in its one canonical spelling (RFC 7515 §2, RFC 8725 §3.4). Else one token would
 * have many spellings, and a parser would see what we never wrote.
 */
final class StrictGate {
  static final int LONGEST = 8192;

  private static final byte DOT = -2;
  private static final byte FOREIGN = -1;

  /** The six bits of each character of the alphabet. */
  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, FOREIGN);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
    VALUES['.'] = DOT;
  }

  private StrictGate() {}

  /** The three parts, still encoded; nothing where this is no token. */
  static Optional<Parts> split(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    byte[] text = token.getBytes(StandardCharsets.ISO_8859_1); // what is beyond becomes a '?'
    int first = -1;
    int second = -1;
    for (int i = 0; i < text.length; i++) {
      byte value = VALUES[text[i] & 0xff];
      if (value < 0) {
        if (value == FOREIGN || second >= 0) {
          return Optional.empty();
        }
        second = first < 0 ? second : i;
        first = first < 0 ? i : first;
      }
    }
    return second >= 0
            && isCanonical(text, 0, first)
            && isCanonical(text, first + 1, second)
            && isCanonical(text, second + 1, text.length)
        ? Optional.of(new Parts(text, first, second))
        : Optional.empty();
  }

  /** Not empty, whole bytes, no spare bit set in the last character (RFC 4648 §3.5). */
  private static boolean isCanonical(byte[] text, int from, int to) {
    int last = from < to ? VALUES[text[to - 1]] : 0;
    return switch ((to - from) % 4) {
      case 0 -> from < to;
      case 2 -> (last & 0b1111) == 0;
      case 3 -> (last & 0b11) == 0;
      default -> false; // 6 bits are no byte
    };
  }

  /** A token and where its dots are. Not a record: it shares the array, which nobody changes. */
  static final class Parts {
    private final byte[] text;
    private final int first;
    private final int second;

    private Parts(byte[] text, int first, int second) {
      this.text = text;
      this.first = first;
      this.second = second;
    }

    boolean hasHeader(byte[] header) {
      return Arrays.equals(text, 0, first, header, 0, header.length);
    }

    byte[] payload() {
      return Arrays.copyOfRange(text, first + 1, second);
    }

    byte[] signature() {
      return Arrays.copyOfRange(text, second + 1, text.length);
    }

    /** Header and payload with the dot between them, which is what is signed. */
    byte[] text() {
      return text;
    }

    /** How much of the text is signed. */
    int signedLength() {
      return second;
    }
  }
}
