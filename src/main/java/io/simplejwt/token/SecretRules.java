package io.simplejwt.token;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which secrets can sign: at least as long as the hash (RFC 7518 §3.2), and none that an attacker
 * would try.
 */
final class SecretRules {
  private static final int SHORTEST = 32;
  private static final String PUBLISHED = "/published-secrets.txt";

  private SecretRules() {}

  /** What is wrong with the secret, without the secret. */
  static Optional<String> objection(String secret) {
    int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
    if (isPublished(secret)) {
      return Optional.of("is an example that stands in public documents");
    }
    if (bytes < SHORTEST) {
      return Optional.of("has " + bytes + " bytes, it needs " + SHORTEST);
    }
    if (secret.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      return Optional.of("contains white space or a control character");
    }
    if (secret.chars().distinct().count() == 1) {
      return Optional.of("is one character repeated");
    }
    return Optional.empty();
  }

  private static boolean isPublished(String secret) {
    try (InputStream list = SecretRules.class.getResourceAsStream(PUBLISHED)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .anyMatch(line -> !line.startsWith("#") && line.equalsIgnoreCase(secret));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
