package io.simplejwt.account;

import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * Makes and checks password hashes. Every check costs one hash, whatever is wrong, so that the time
 * tells nothing about whether an account exists.
 *
 * <p>Imported hashes have costs of their own, which cannot be those of ours. Their check costs one
 * of ours besides, right or wrong, so that none is cheaper than an email that nobody has; what the
 * longer time tells is that this account was imported and has not signed in since. From its first
 * sign-in on it costs what all cost.
 */
final class Passwords {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Argon2 argon2;
  private final Argon2Parameters parameters;
  private final PasswordHash nobodys; // of no password at all

  Passwords(Argon2 argon2, Argon2Parameters parameters) {
    this.argon2 = argon2;
    this.parameters = parameters;
    this.nobodys =
        new PasswordHash(
            parameters, random(Argon2Parameters.SALT_LENGTH), random(parameters.tagLength()));
  }

  /** The hash of an acceptable password, in PHC string form. */
  String hash(String password) {
    PasswordText text =
        PasswordText.of(password)
            .orElseThrow(() -> new IllegalArgumentException("the policy was not asked"));
    byte[] salt = random(Argon2Parameters.SALT_LENGTH);
    byte[] tag = argon2.derive(text.bytes(), salt, parameters);
    return new PasswordHash(parameters, salt, tag).format();
  }

  boolean matches(String password, String stored) {
    return PasswordText.of(password)
        .map(text -> matches(password, text, stored))
        .orElseGet(this::matchNothing);
  }

  private boolean matches(String password, PasswordText text, String stored) {
    return ImportedHash.isOne(stored)
        ? matches(password, text, ImportedHash.stored(stored))
        : matches(text, PasswordHash.parse(stored));
  }

  /** As it was typed, then as we would hash it: who made the hash may have done either. */
  private boolean matches(String password, PasswordText text, ImportedHash stored) {
    matchNothing();
    return stored.matches(password, argon2)
        || !text.normalised().equals(password) && stored.matches(text.normalised(), argon2);
  }

  /** Costs what a check costs, and fails. */
  boolean matchNothing() {
    derive(new byte[0], nobodys);
    return false;
  }

  /** Whether the hash was made when hashes were cheaper, or elsewhere. */
  boolean isOutdated(String stored) {
    return ImportedHash.isOne(stored)
        || PasswordHash.parse(stored).parameters().isBelow(parameters);
  }

  private boolean matches(PasswordText text, PasswordHash stored) {
    return MessageDigest.isEqual(derive(text.bytes(), stored), stored.tag());
  }

  private byte[] derive(byte[] password, PasswordHash like) {
    return argon2.derive(password, like.salt(), like.parameters());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
