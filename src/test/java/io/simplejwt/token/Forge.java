package io.simplejwt.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an attacker and an honest issuer have in hand, for each algorithm, by the JDK alone. */
enum Forge {
  HS256("HS256"),
  ES256("ES256"),
  EDDSA("EdDSA");

  static final String SECRET = "a secret of the tests, 32 bytes and more".replace(' ', '-');
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final JwtConfig CONFIG = config(Optional.empty());

  final String algorithm;

  /** None for HS256. */
  final KeyPair pair;

  Forge(String algorithm) {
    this.algorithm = algorithm;
    this.pair = pair(algorithm);
  }

  private static KeyPair pair(String algorithm) {
    try {
      KeyPairGenerator generator;
      switch (algorithm) {
        case "ES256" -> {
          generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        case "EdDSA" -> generator = KeyPairGenerator.getInstance("Ed25519");
        default -> {
          return null;
        }
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static JwtConfig config(Optional<String> audience) {
    return config("HS256", audience);
  }

  static JwtConfig config(String algorithm, Optional<String> audience) {
    return new JwtConfig() {
      @Override
      public String algorithm() {
        return algorithm;
      }

      @Override
      public String issuer() {
        return "simple-jwt-api";
      }

      @Override
      public Optional<String> audience() {
        return audience;
      }

      @Override
      public Duration lifetime() {
        return Duration.ofHours(1);
      }
    };
  }

  TokenKey key() {
    return this == HS256
        ? TokenKey.of(SECRET)
        : new PairKey(pairs(), pair.getPublic(), pair.getPrivate());
  }

  /** The pair in the hands of a provider. */
  PairKey key(Provider provider) {
    return new PairKey(pairs(), pair.getPublic(), pair.getPrivate(), provider);
  }

  PairAlgorithm pairs() {
    return PairAlgorithm.parse(algorithm).get();
  }

  /**
   * What the service may compute signatures by: the platform, and what is faster where it loads.
   */
  Set<Provider> providers() {
    return new HashSet<>(List.of(pairs().platform(), FastestSignatures.of(pairs())));
  }

  TokenKeys keys() {
    return new TokenKeys(key(), List.of());
  }

  TokenVerifier verifier(Instant now) {
    return verifier(keys(), new RevocationList(), CONFIG, now);
  }

  static TokenVerifier verifier(
      TokenKeys keys, RevocationList revocations, JwtConfig config, Instant now) {
    return new TokenVerifier(keys, revocations, config, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** A token as the service issues it at {@link #NOW}, for an hour. */
  String honest() {
    return honest(keys(), CONFIG);
  }

  static String honest(TokenKeys keys, JwtConfig config) {
    return honest(keys, config, NOW);
  }

  static String honest(TokenKeys keys, JwtConfig config, Instant now) {
    return new TokenIssuer(keys, config)
        .issue(
            new TokenIssuer.Subject("account-1", "abc@xyz.com", false, Set.of("admin")),
            "session-1",
            now,
            now.plusSeconds(3600));
  }

  String honestHeader() {
    return decode(honest().split("\\.")[0]);
  }

  /** The honest claims with one of them replaced, or left out where the value is null. */
  static String claims(String name, String value) {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", "\"simple-jwt-api\"");
    claims.put("sub", "\"account-1\"");
    claims.put("email", "\"abc@xyz.com\"");
    claims.put("email_verified", "false");
    claims.put("groups", "[]");
    claims.put("iat", String.valueOf(NOW.getEpochSecond()));
    claims.put("nbf", String.valueOf(NOW.getEpochSecond()));
    claims.put("exp", String.valueOf(NOW.getEpochSecond() + 3600));
    claims.put("jti", "\"token-1\"");
    claims.put("sid", "\"session-1\"");
    claims.put(name, value);
    return claims.entrySet().stream()
        .filter(claim -> claim.getValue() != null)
        .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Signed as the service signs, with the right key: only the claims can be wrong. */
  String signed(String claims) {
    return signed(honestHeader(), claims.getBytes(StandardCharsets.UTF_8));
  }

  /** Signed with the right key, whatever the header says. */
  String signed(String header, byte[] payload) {
    String input = encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(payload);
    return input + "." + encode(signature(input));
  }

  /** HMAC, whatever the right key is. */
  static String signed(String header, byte[] payload, String algorithm, byte[] secret) {
    String input = encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(payload);
    return input + "." + encode(mac(algorithm, secret, input));
  }

  /** The right key's signature over the text. */
  byte[] signature(String input) {
    return switch (this) {
      case HS256 -> mac("HmacSHA256", SECRET.getBytes(StandardCharsets.UTF_8), input);
      case ES256 -> lowS(input);
      case EDDSA -> sign("Ed25519", input);
    };
  }

  /** Every second signature has the lower s, which is the only one that we take. */
  private byte[] lowS(String input) {
    byte[] signature = sign("SHA256withECDSAinP1363Format", input);
    return signature[32] >= 0 && (signature[32] & 0xff) < 0x7f ? signature : lowS(input);
  }

  byte[] sign(String algorithm, String input) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] mac(String algorithm, byte[] key, String input) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      return mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
