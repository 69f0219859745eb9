package io.simplejwt.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 (RFC 8018 §5.2) with HMAC-SHA-256 or HMAC-SHA-512, in the forms that are found: {@code
 * $pbkdf2-sha256$rounds$salt$hash} with Base64 where a dot may stand for the plus (passlib), the
 * same with {@code i=rounds,l=length} (PHC), and {@code pbkdf2_sha256$rounds$salt$hash} with the
 * salt as it stands (Django).
 */
record ImportedPbkdf2(int bits, int rounds, byte[] salt, byte[] tag) implements ImportedHash {
  static final int MOST_ROUNDS = 1_200_000;
  private static final int SHORTEST_TAG = 16;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$pbkdf2-sha(256|512)\\$(?:i=)?(\\d{1,9})(?:,l=\\d{1,3})?"
              + "\\$([A-Za-z0-9+/.]+)\\$([A-Za-z0-9+/.]+)");
  private static final Pattern DJANGO =
      Pattern.compile("pbkdf2_sha(256|512)\\$(\\d{1,9})\\$([^$]+)\\$([A-Za-z0-9+/]+=*)");

  ImportedPbkdf2 {
    Objects.requireNonNull(salt);
    Objects.requireNonNull(tag);
    ImportedHash.requireAtMost("PBKDF2's rounds", rounds, MOST_ROUNDS);
    // A longer tag would multiply the rounds, and nobody makes one.
    if (rounds < 1 || salt.length == 0 || tag.length < SHORTEST_TAG || tag.length > bits / 8) {
      throw new IllegalArgumentException("has a password_hash that is not well-formed");
    }
  }

  static ImportedPbkdf2 parse(String text) {
    Matcher phc = PHC.matcher(text);
    if (phc.matches()) {
      return of(phc, ImportedHash.base64(phc.group(3).replace('.', '+')));
    }
    Matcher django = DJANGO.matcher(text);
    if (django.matches()) {
      return of(django, django.group(3).getBytes(StandardCharsets.UTF_8));
    }
    throw new IllegalArgumentException(
        "has a password_hash that is not PBKDF2 with SHA-256 or SHA-512: use"
            + " $pbkdf2-sha256$rounds$salt$hash or pbkdf2_sha256$rounds$salt$hash");
  }

  private static ImportedPbkdf2 of(Matcher form, byte[] salt) {
    return new ImportedPbkdf2(
        Integer.parseInt(form.group(1)),
        Integer.parseInt(form.group(2)),
        salt,
        ImportedHash.base64(form.group(4).replace('.', '+')));
  }

  @Override
  public boolean matches(String typed, Argon2 argon2) {
    PBEKeySpec asked = new PBEKeySpec(typed.toCharArray(), salt, rounds, tag.length * 8);
    try {
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA" + bits)
              .generateSecret(asked)
              .getEncoded();
      return MessageDigest.isEqual(derived, tag);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2 with HMAC-SHA-" + bits, e);
    }
  }

  @Override
  public String toString() {
    return "ImportedPbkdf2[" + rounds + "]";
  }
}
