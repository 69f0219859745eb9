package io.simplejwt.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes keys of a secret, one for each purpose, none of which tells anything of another: HKDF with
 * HMAC-SHA256 (RFC 5869). The JDK has its own from 25 on.
 */
final class Hkdf {
  private static final String ALGORITHM = "HmacSHA256";

  private Hkdf() {}

  /**
   * 32 bytes, which is one block of RFC 5869 §2.3.
   *
   * @param purpose different for each use of the secret
   */
  static byte[] derive(String secret, String purpose) {
    return derive(
        secret.getBytes(StandardCharsets.UTF_8),
        new byte[32], // RFC 5869 §2.2: what "no salt" means
        purpose.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] derive(byte[] secret, byte[] salt, byte[] info) {
    byte[] pseudorandom = hmac(salt, secret, new byte[0]);
    return hmac(pseudorandom, info, new byte[] {1});
  }

  private static byte[] hmac(byte[] key, byte[] text, byte[] more) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(text);
      return mac.doFinal(more);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
