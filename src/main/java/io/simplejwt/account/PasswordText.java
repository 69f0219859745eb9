package io.simplejwt.account;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * A password as it is hashed: NFKC, so that the same letters typed on another keyboard are the same
 * password (NIST SP 800-63B-4 §3.1.1.2), then UTF-8. Nothing is cut.
 */
record PasswordText(String normalised) {
  /** Characters; enough for any passphrase, and a bound on the work that a caller can ask for. */
  static final int LONGEST = 256;

  static Optional<PasswordText> of(String typed) {
    if (typed.length() > 4 * LONGEST) { // no normal form of this could be short enough
      return Optional.empty();
    }
    String normalised = Normalizer.normalize(typed, Normalizer.Form.NFKC);
    return isWellFormed(normalised) && length(normalised) <= LONGEST
        ? Optional.of(new PasswordText(normalised))
        : Optional.empty();
  }

  int length() {
    return length(normalised);
  }

  byte[] bytes() {
    return normalised.getBytes(StandardCharsets.UTF_8);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Half of a surrogate pair would become a question mark, as any other half would. */
  private static boolean isWellFormed(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return encoded.hasRemaining() || text.isEmpty();
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "PasswordText[***]";
  }
}
