package io.simplejwt.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An email address: as its owner writes it, and as it is compared.
 *
 * <p>Trimmed; one {@code @} with something on both sides; 254 characters at most (RFC 5321
 * §4.5.3.1.3, less the brackets). Nothing cleverer: whether it receives mail, only mail can tell.
 *
 * @param written what the tokens carry
 * @param key NFKC and without case, so that no two accounts differ only in how letters are encoded
 */
public record Email(String written, String key) {
  static final int LONGEST = 254;
  private static final Pattern SPACES =
      Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$", Pattern.UNICODE_CHARACTER_CLASS);

  /** The address, or nothing where the text is none. */
  public static Optional<Email> parse(String text) {
    if (text.length() > 4 * LONGEST) { // no normal form of this could be short enough
      return Optional.empty();
    }
    String written = Normalizer.normalize(trim(text), Normalizer.Form.NFC);
    String key = trim(fold(written));
    return isAddress(key) && isAddress(written)
        ? Optional.of(new Email(written, key))
        : Optional.empty();
  }

  /** SHA-256 of the key: for tables that shall not hold whatever strangers type. */
  public String digest() {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whatever Unicode calls a space, no-break ones too. */
  private static String trim(String text) {
    return SPACES.matcher(text).replaceAll("");
  }

  private static String fold(String text) {
    String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
    // Upper before lower: some letters, as the sharp s, meet only in upper case. Then once more,
    // since changing the case can undo the normal form.
    String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  private static boolean isAddress(String text) {
    int at = text.indexOf('@');
    return at > 0
        && at == text.lastIndexOf('@')
        && at < text.length() - 1
        && text.length() <= LONGEST
        && text.codePoints().allMatch(Email::isText);
  }

  /** No control characters, which logs and databases trip over, and no half of a surrogate pair. */
  private static boolean isText(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
