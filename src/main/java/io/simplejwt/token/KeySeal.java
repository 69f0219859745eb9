package io.simplejwt.token;

import io.simplejwt.token.StoredKey.Sealed;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the private halves of key pairs for the store: AES-256-GCM under a key that is derived
 * from {@code JWT_SECRET}, and from nothing else.
 *
 * <p>The key id is authenticated with it, and is itself the digest of the public half. So a row
 * opens only if it was made by somebody who knows the secret and nobody has exchanged its public
 * half since: writing to the store is not enough to have tokens of one's own believed.
 */
@Singleton
final class KeySeal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The current secret's first. */
  private final List<Wrapping> wrappings;

  KeySeal(Secrets secrets) {
    wrappings = secrets.all().map(Wrapping::of).toList();
  }

  Sealed seal(PairKey key) {
    return seal(key, Optional.empty());
  }

  /** Under the present secret, if nobody has gone on from it; nothing where the row shall stay. */
  Optional<Sealed> sealAnew(StoredKey row) {
    return isLeftBehind(row.privateKey())
        ? open(row).map(key -> seal(key, Optional.of(row.privateKey().secretId())))
        : Optional.empty();
  }

  /**
   * Whether the row is under another secret than {@code JWT_SECRET}, and a replica with the next
   * one did not bring that about: while two colours of a deploy stand side by side, the newer
   * secret wins, whoever starts last.
   */
  private boolean isLeftBehind(Sealed sealed) {
    String current = wrappings.get(0).secretId();
    return !sealed.secretId().equals(current) && !sealed.before().equals(Optional.of(current));
  }

  private Sealed seal(PairKey key, Optional<String> before) {
    Wrapping current = wrappings.get(0);
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] encrypted =
          cipher(Cipher.ENCRYPT_MODE, current, nonce, key.keyId()).doFinal(key.privateHalf());
      byte[] whole =
          ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
      return new Sealed(current.secretId(), before, Base64.getEncoder().encodeToString(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  /** Nothing where no secret opens the row, or where it is not as it was written. */
  Optional<PairKey> open(StoredKey row) {
    return wrappings.stream()
        .filter(wrapping -> wrapping.secretId().equals(row.privateKey().secretId()))
        .findFirst()
        .flatMap(wrapping -> open(row, wrapping));
  }

  private static Optional<PairKey> open(StoredKey row, Wrapping wrapping) {
    Optional<PairAlgorithm> algorithm = PairAlgorithm.parse(row.algorithm());
    if (algorithm.isEmpty()) {
      return Optional.empty(); // of a newer release
    }
    try {
      byte[] whole = Base64.getDecoder().decode(row.privateKey().text());
      byte[] clear =
          cipher(Cipher.DECRYPT_MODE, wrapping, whole, row.id())
              .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
      PairKey key = read(algorithm.get(), row.publicKey(), clear);
      return Optional.of(key).filter(opened -> opened.keyId().equals(row.id()));
    } catch (GeneralSecurityException | IllegalArgumentException | ProviderException e) {
      return Optional.empty(); // the last one is what the JDK says to a text without a tag
    }
  }

  private static PairKey read(PairAlgorithm algorithm, String publicKey, byte[] privateKey)
      throws GeneralSecurityException {
    byte[] encoded = Base64.getDecoder().decode(publicKey);
    PublicKey open = algorithm.factory().generatePublic(new X509EncodedKeySpec(encoded));
    PrivateKey secret = algorithm.factory().generatePrivate(new PKCS8EncodedKeySpec(privateKey));
    return new PairKey(algorithm, open, secret);
  }

  private static Cipher cipher(int mode, Wrapping wrapping, byte[] nonce, String keyId)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, wrapping.key(), new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
    cipher.updateAAD(keyId.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** What follows from one secret: its name, by which rows tell which one they need, and a key. */
  private record Wrapping(String secretId, SecretKeySpec key) {
    private static final int ID_BYTES = 9;

    static Wrapping of(String secret) {
      byte[] id = Hkdf.derive(secret, "simple-jwt-api secret id");
      byte[] key = Hkdf.derive(secret, "simple-jwt-api signing keys, AES-256-GCM");
      return new Wrapping(
          Base64.getUrlEncoder().encodeToString(Arrays.copyOf(id, ID_BYTES)),
          new SecretKeySpec(key, "AES"));
    }

    @Override
    public String toString() {
      return "Wrapping[" + secretId + "]";
    }
  }
}
