package io.simplejwt.session;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A refresh token: opaque to everybody else, here 128 bits that all tokens of its session share and
 * 256 of its own, in base64url without padding.
 *
 * <p>The shared bits find the session, also by a token that was exchanged long ago: that is how a
 * stolen copy is noticed. They are known only to who has had a token of the session, unlike its id,
 * which stands in every access token: with that, whoever saw one could end the session. The store
 * has digests of both only; a plain one suffices for what nobody can guess.
 */
record RefreshToken(String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CHAIN_BYTES = 16;
  private static final int OWN_BYTES = 32;
  // 48 bytes are 64 characters to the bit: every text of this form is another token.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{64}");

  RefreshToken {
    Objects.requireNonNull(text);
  }

  /** Nothing where the text cannot be one of ours. */
  static Optional<RefreshToken> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new RefreshToken(text)) : Optional.empty();
  }

  /** The first one of a session. */
  static RefreshToken first() {
    return of(random(CHAIN_BYTES));
  }

  /** The one to be exchanged for this one. */
  RefreshToken next() {
    return of(chain());
  }

  /** The digest that finds the session. */
  String chainHash() {
    return hash(chain());
  }

  /** The digest of the token as a whole. */
  String hash() {
    return hash(bytes());
  }

  byte[] bytes() {
    return Base64.getUrlDecoder().decode(text);
  }

  private byte[] chain() {
    return Arrays.copyOf(bytes(), CHAIN_BYTES);
  }

  private static RefreshToken of(byte[] chain) {
    byte[] bytes = Arrays.copyOf(chain, CHAIN_BYTES + OWN_BYTES);
    System.arraycopy(random(OWN_BYTES), 0, bytes, CHAIN_BYTES, OWN_BYTES);
    return new RefreshToken(Base64.getUrlEncoder().encodeToString(bytes));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "RefreshToken[***]";
  }
}
