package io.simplejwt.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that signs: HMAC-SHA256 over its UTF-8 bytes, HS256 (RFC 7518 §3.2). */
final class HmacKey implements TokenKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_ID_BYTES = 9;

  private final String keyId;
  private final byte[] header;
  private final ThreadLocal<Mac> mac;

  HmacKey(byte[] secret) {
    SecretKeySpec key = new SecretKeySpec(secret, ALGORITHM);
    mac = ThreadLocal.withInitial(() -> newMac(key)); // a Mac is for one thread; making one is dear
    // A keyed digest of a fixed text: the same on every replica, and it tells nothing of the secret
    // that a token's signature would not.
    byte[] digest = mac.get().doFinal("simple-jwt-api kid".getBytes(StandardCharsets.UTF_8));
    keyId = BASE64.encodeToString(Arrays.copyOf(digest, KEY_ID_BYTES));
    header = TokenKey.encodeHeader("HS256", keyId);
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public byte[] header() {
    return header;
  }

  @Override
  public byte[] sign(byte[] text, int length) {
    Mac own = mac.get();
    own.update(text, 0, length);
    return BASE64.encode(own.doFinal());
  }

  /**
   * Comparing the encoded forms leaves a signature one spelling only; the time that it takes tells
   * nothing.
   */
  @Override
  public boolean signed(StrictGate.Parts token) {
    return MessageDigest.isEqual(sign(token.text(), token.signedLength()), token.signature());
  }

  private static Mac newMac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "HmacKey[" + keyId + "]";
  }
}
