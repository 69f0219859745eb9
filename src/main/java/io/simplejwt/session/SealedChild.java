package io.simplejwt.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A refresh token, encrypted so that only the token it was exchanged for can open it.
 *
 * <p>AES-256-GCM under HMAC-SHA256 of a fixed text with the parent token as key, bound to the
 * session. The parent is 256 random bits, so that nothing slower is needed to derive a key from it.
 * Form: nonce, ciphertext, tag.
 */
final class SealedChild {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] PURPOSE =
      "simple-jwt-api sealed child".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private SealedChild() {}

  static String seal(RefreshToken child, RefreshToken parent, String sessionId) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, parent, sessionId, nonce, child.bytes());
    byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  static RefreshToken open(String sealed, RefreshToken parent, String sessionId) {
    ByteBuffer all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed));
    byte[] nonce = new byte[NONCE_BYTES];
    all.get(nonce);
    byte[] rest = new byte[all.remaining()];
    all.get(rest);
    byte[] child = run(Cipher.DECRYPT_MODE, parent, sessionId, nonce, rest);
    return new RefreshToken(Base64.getUrlEncoder().encodeToString(child));
  }

  private static byte[] run(
      int mode, RefreshToken parent, String sessionId, byte[] nonce, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(parent.bytes(), "HmacSHA256"));
      SecretKeySpec key = new SecretKeySpec(mac.doFinal(PURPOSE), "AES");
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(sessionId.getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("what the store keeps cannot be opened", e);
    }
  }
}
