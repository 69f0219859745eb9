package io.simplejwt.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One secret and everything that follows from it: its id, the only header that its tokens have, its
 * signatures (HMAC-SHA256 over the secret's UTF-8 bytes, RFC 7518 §3.2). Safe for many threads.
 */
final class TokenKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_ID_BYTES = 9;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String keyId;
  private final byte[] header;
  private final ThreadLocal<Mac> mac;

  private TokenKey(byte[] secret) {
    SecretKeySpec key = new SecretKeySpec(secret, ALGORITHM);
    mac = ThreadLocal.withInitial(() -> newMac(key)); // a Mac is for one thread; making one is dear
    // A keyed digest of a fixed text: the same on every replica, and it tells nothing of the secret
    // that a token's signature would not.
    byte[] digest = mac.get().doFinal("simple-jwt-api kid".getBytes(StandardCharsets.UTF_8));
    keyId = BASE64.encodeToString(Arrays.copyOf(digest, KEY_ID_BYTES));
    header = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}");
  }

  static TokenKey of(String secret) {
    return new TokenKey(secret.getBytes(StandardCharsets.UTF_8));
  }

  String keyId() {
    return keyId;
  }

  /** The encoded header, as every token of this key begins. */
  byte[] header() {
    return header;
  }

  /** The encoded signature over the first bytes of a text (RFC 7515 §5.1). */
  byte[] sign(byte[] text, int length) {
    Mac own = mac.get();
    own.update(text, 0, length);
    return BASE64.encode(own.doFinal());
  }

  /**
   * Whether the token's signature is this key's, to the letter. Comparing the encoded forms leaves
   * a signature one spelling only; the time that it takes tells nothing.
   */
  boolean signed(StrictGate.Parts token) {
    return MessageDigest.isEqual(sign(token.text(), token.signedLength()), token.signature());
  }

  static byte[] encode(String json) {
    return BASE64.encode(json.getBytes(StandardCharsets.UTF_8));
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
    return "TokenKey[" + keyId + "]";
  }
}
