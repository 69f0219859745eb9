package io.simplejwt.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * A public key as others read it (RFC 7517 §4, RFC 7518 §6.2.1, RFC 8037 §2).
 *
 * @param kid the key's thumbprint (RFC 7638), so that the id cannot name another key
 * @param y absent for Ed25519
 */
record Jwk(String kty, String crv, String x, String y, String alg, String use, String kid) {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int COORDINATE = 32;

  Jwk {
    Objects.requireNonNull(kty);
    Objects.requireNonNull(crv);
    Objects.requireNonNull(x);
    Objects.requireNonNull(alg);
    Objects.requireNonNull(use);
    Objects.requireNonNull(kid);
  }

  /** The point stands at the end of the platform's encoding (RFC 5480 §2.2, RFC 8410 §4). */
  static Jwk of(PairAlgorithm algorithm, PublicKey key) {
    byte[] encoded = key.getEncoded();
    return switch (algorithm) {
      case ES256 -> {
        String x = coordinate(encoded, 2);
        String y = coordinate(encoded, 1);
        String members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}";
        String thumbprint = thumbprint(String.format(members, x, y));
        yield new Jwk("EC", "P-256", x, y, algorithm.wireName(), "sig", thumbprint);
      }
      case EDDSA -> {
        String x = coordinate(encoded, 1);
        String members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%s\"}";
        String thumbprint = thumbprint(String.format(members, x));
        yield new Jwk("OKP", "Ed25519", x, null, algorithm.wireName(), "sig", thumbprint);
      }
    };
  }

  private static String coordinate(byte[] encoded, int fromTheEnd) {
    int begin = encoded.length - fromTheEnd * COORDINATE;
    return BASE64.encodeToString(Arrays.copyOfRange(encoded, begin, begin + COORDINATE));
  }

  private static String thumbprint(String members) {
    try {
      byte[] text = members.getBytes(StandardCharsets.UTF_8);
      return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
