package io.simplejwt.account;

/**
 * What a hash costs.
 *
 * @param memory in KiB
 * @param passes over that memory
 * @param lanes 1, since libsodium knows no other number
 * @param tagLength of the hash, in bytes
 */
record Argon2Parameters(int memory, int passes, int lanes, int tagLength) {
  /** OWASP's and ASVS 5's: 19 MiB, 2 passes. */
  static final Argon2Parameters CURRENT = new Argon2Parameters(19 * 1024, 2, 1, 32);

  static final int SALT_LENGTH = 16;

  boolean isBelow(Argon2Parameters other) {
    return memory < other.memory || passes < other.passes || tagLength < other.tagLength;
  }
}
