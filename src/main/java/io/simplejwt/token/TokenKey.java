package io.simplejwt.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One key and everything that follows from it: its id, its one algorithm, the only header that its
 * tokens have, its signatures. Safe for many threads.
 */
sealed interface TokenKey permits HmacKey, PairKey {
  Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  static TokenKey of(String secret) {
    return new HmacKey(secret.getBytes(StandardCharsets.UTF_8));
  }

  String keyId();

  /** The encoded header, as every token of this key begins; not to be changed. */
  byte[] header();

  /** The encoded signature over the first bytes of a text (RFC 7515 §5.1). */
  byte[] sign(byte[] text, int length);

  /** Whether the token's signature is this key's, in its one spelling. */
  boolean signed(StrictGate.Parts token);

  static byte[] encode(String json) {
    return BASE64.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] encodeHeader(String algorithm, String keyId) {
    return encode("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}");
  }
}
