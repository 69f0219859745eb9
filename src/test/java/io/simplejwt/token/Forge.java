package io.simplejwt.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an attacker and an honest issuer have in hand, made by the JDK alone. */
final class Forge {
  static final String SECRET = "a secret of the tests, 32 bytes and more".replace(' ', '-');
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final JwtConfig CONFIG = config(Optional.empty());

  private Forge() {}

  static JwtConfig config(Optional<String> audience) {
    return new JwtConfig() {
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

  static TokenKeys keys() {
    return new TokenKeys(TokenKey.of(SECRET), List.of());
  }

  static TokenVerifier verifier(Instant now) {
    return verifier(keys(), new RevocationList(), CONFIG, now);
  }

  static TokenVerifier verifier(
      TokenKeys keys, RevocationList revocations, JwtConfig config, Instant now) {
    return new TokenVerifier(keys, revocations, config, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** A token as the service issues it at {@link #NOW}, for an hour. */
  static String honest() {
    return honest(keys(), CONFIG);
  }

  static String honest(TokenKeys keys, JwtConfig config) {
    return new TokenIssuer(keys, config)
        .issue(
            new TokenIssuer.Subject("account-1", "abc@xyz.com", false, Set.of("admin")),
            "session-1",
            NOW,
            NOW.plusSeconds(3600));
  }

  static String honestHeader() {
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

  /** Signed as the service signs, with the right secret: only the claims can be wrong. */
  static String signed(String claims) {
    return signed(honestHeader(), claims.getBytes(StandardCharsets.UTF_8), "HmacSHA256", SECRET);
  }

  static String signed(String header, byte[] payload, String algorithm, String secret) {
    String input = encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(payload);
    return input + "." + encode(mac(algorithm, secret.getBytes(StandardCharsets.UTF_8), input));
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
