package io.simplejwt.token;

import io.simplejwt.setting.BadSetting;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/** What signs by a key pair, in the standard's words and in the platform's. */
enum PairAlgorithm {
  /**
   * ECDSA on P-256 (RFC 7518 §3.4): r and s side by side, not the DER that the JDK likes better.
   */
  ES256("ES256", "EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSAinP1363Format"),
  /** Ed25519 (RFC 8037 §3.1). */
  EDDSA("EdDSA", "Ed25519", NamedParameterSpec.ED25519, "Ed25519");

  private static final String SECRET_ONLY = "HS256";
  private static final int SIGNATURE_BYTES = 64;

  private final String wireName;
  private final String keyType;
  private final AlgorithmParameterSpec parameters;
  private final String signature;

  PairAlgorithm(
      String wireName, String keyType, AlgorithmParameterSpec parameters, String signature) {
    this.wireName = wireName;
    this.keyType = keyType;
    this.parameters = parameters;
    this.signature = signature;
  }

  /** What {@code JWT_ALGORITHM} asks for; nothing where it is HS256, which has no pairs. */
  static Optional<PairAlgorithm> configured(JwtConfig config) {
    String name = config.algorithm().strip();
    Optional<PairAlgorithm> pairs = parse(name);
    if (pairs.isEmpty() && !name.equalsIgnoreCase(SECRET_ONLY)) {
      throw new BadSetting("JWT_ALGORITHM", "is \"" + name + "\"", "use HS256, ES256 or EdDSA");
    }
    return pairs;
  }

  static Optional<PairAlgorithm> parse(String name) {
    for (PairAlgorithm algorithm : values()) {
      if (algorithm.wireName.equalsIgnoreCase(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** As in {@code alg}, where case matters. */
  String wireName() {
    return wireName;
  }

  KeyPair generate() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
    generator.initialize(parameters);
    return generator.generateKeyPair();
  }

  KeyFactory factory() throws GeneralSecurityException {
    return KeyFactory.getInstance(keyType);
  }

  KeyFactory factory(Provider provider) throws GeneralSecurityException {
    return KeyFactory.getInstance(keyType, provider);
  }

  Signature newSignature(Provider provider) throws GeneralSecurityException {
    return Signature.getInstance(signature, provider);
  }

  /** What the platform itself computes signatures by. */
  Provider platform() {
    try {
      return Signature.getInstance(signature).getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks " + wireName, e);
    }
  }

  /** The one spelling of a signature that was just made. */
  byte[] canonical(byte[] signature) {
    return this == ES256 ? P256Signature.withLowS(signature) : signature;
  }

  /** Whether it is in its one spelling; providers refuse an Ed25519 S that is too large. */
  boolean isCanonical(byte[] signature) {
    return signature.length == SIGNATURE_BYTES
        && (this == EDDSA || P256Signature.isCanonical(signature));
  }
}
