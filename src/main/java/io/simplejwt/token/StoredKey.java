package io.simplejwt.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A key pair as the store has it.
 *
 * @param publicKey SubjectPublicKeyInfo in Base64
 * @param privateKey PKCS #8, encrypted by {@link KeySeal}
 * @param signsFrom until then it is only published
 * @param tokenLife the longest that a token of this key can live
 */
record StoredKey(
    String id,
    String algorithm,
    String publicKey,
    Sealed privateKey,
    Instant signsFrom,
    Duration tokenLife) {
  StoredKey {
    Objects.requireNonNull(id);
    Objects.requireNonNull(algorithm);
    Objects.requireNonNull(publicKey);
    Objects.requireNonNull(privateKey);
    Objects.requireNonNull(signsFrom);
    Objects.requireNonNull(tokenLife);
  }

  /**
   * Something encrypted.
   *
   * @param secretId which secret opens it
   * @param before which one it was encrypted under before, if it was
   * @param text nonce, ciphertext and tag in Base64
   */
  record Sealed(String secretId, Optional<String> before, String text) {
    Sealed {
      Objects.requireNonNull(secretId);
      Objects.requireNonNull(before);
      Objects.requireNonNull(text);
    }
  }

  @Override
  public String toString() {
    return "StoredKey[" + id + "]";
  }
}
