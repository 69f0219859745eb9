package io.simplejwt.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * Argon2id in PHC string form, version 1.3, with up to 64 MiB written four times.
 *
 * <p>libsodium knows one lane and salts of 16 bytes; the others are computed in the JVM's heap,
 * which must have twice the room, and are refused where it has not: a service that runs out of
 * memory ends. One at a time, whichever computes it: this memory is in nobody's reckoning.
 */
record ImportedArgon2(PasswordHash hash) implements ImportedHash {
  static final int MOST_MEMORY = 64 * 1024;
  static final long MOST_WORK = 4L * MOST_MEMORY;
  private static final int MOST_LANES = 16;
  private static final int SHORTEST = 12;
  private static final int LONGEST = 64;
  private static final Object ONE_AT_A_TIME = new Object();

  ImportedArgon2 {
    Objects.requireNonNull(hash);
  }

  static ImportedArgon2 parse(String text) {
    PasswordHash hash;
    try {
      hash = PasswordHash.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "has a password_hash that is not Argon2id: use $argon2id$v=19$m=…,t=…,p=…$salt$hash", e);
    }
    Argon2Parameters cost = hash.parameters();
    ImportedHash.requireAtMost("p", cost.lanes(), MOST_LANES);
    ImportedHash.requireAtMost("m", cost.memory(), MOST_MEMORY);
    ImportedHash.requireAtMost("m * t", (long) cost.memory() * cost.passes(), MOST_WORK);
    requireSense(hash);
    requireRoom(hash, Runtime.getRuntime().maxMemory());
    return new ImportedArgon2(hash);
  }

  /** RFC 9106 §3.1; the shortest salt is that of the first libraries. */
  private static void requireSense(PasswordHash hash) {
    Argon2Parameters cost = hash.parameters();
    boolean sound =
        cost.passes() >= 1
            && cost.lanes() >= 1
            && cost.memory() >= 8 * cost.lanes()
            && hash.salt().length >= 8
            && hash.salt().length <= LONGEST
            && cost.tagLength() >= SHORTEST
            && cost.tagLength() <= LONGEST;
    if (!sound) {
      throw new IllegalArgumentException("has a password_hash that is not well-formed");
    }
  }

  static void requireRoom(PasswordHash hash, long heap) {
    long needed = 2L * 1024 * hash.parameters().memory();
    if (!isForSodium(hash) && needed > heap) {
      throw new IllegalArgumentException(
          "has a password_hash that needs a heap of %d MiB, with p=%d; this one has %d"
              .formatted(needed >> 20, hash.parameters().lanes(), heap >> 20));
    }
  }

  private static boolean isForSodium(PasswordHash hash) {
    return hash.parameters().lanes() == 1
        && hash.salt().length == Argon2Parameters.SALT_LENGTH
        && hash.parameters().tagLength() >= 16;
  }

  @Override
  public boolean matches(String typed, Argon2 argon2) {
    byte[] password = typed.getBytes(StandardCharsets.UTF_8);
    synchronized (ONE_AT_A_TIME) {
      byte[] tag =
          isForSodium(hash)
              ? argon2.derive(password, hash.salt(), hash.parameters())
              : BouncyCastleArgon2.deriveOnce(password, hash.salt(), hash.parameters());
      return MessageDigest.isEqual(tag, hash.tag());
    }
  }
}
