package io.simplejwt.account;

import java.util.Base64;

/**
 * A password hash that another system made. It lives until its owner's first sign-in, which makes a
 * hash of ours in its place, and is marked in the store: its form can be the same as ours, its
 * meaning is not, since others hash a password as it was typed.
 *
 * <p>The cost of each is bounded where it is read, from a file as from the store, to some half a
 * second of a core: whoever knows an email can have it spent.
 */
sealed interface ImportedHash permits ImportedArgon2, ImportedBcrypt, ImportedPbkdf2 {
  String MARK = "imported:";

  /** Takes its time, whatever the answer. */
  boolean matches(String typed, Argon2 argon2);

  static boolean isOne(String stored) {
    return stored.startsWith(MARK);
  }

  static ImportedHash stored(String stored) {
    return parse(stored.substring(MARK.length()));
  }

  /**
   * Fails with a reason, which never tells any of the hash.
   *
   * @throws IllegalArgumentException where it is of another kind, malformed or too costly
   */
  static ImportedHash parse(String text) {
    if (text.startsWith("$argon2")) {
      return ImportedArgon2.parse(text);
    }
    if (text.startsWith("$2")) {
      return ImportedBcrypt.parse(text);
    }
    if (text.startsWith("$pbkdf2") || text.startsWith("pbkdf2_")) {
      return ImportedPbkdf2.parse(text);
    }
    throw new IllegalArgumentException(
        "has a password_hash of an unknown kind: use $argon2id$…, $2b$…, $pbkdf2-sha256$… or"
            + " pbkdf2_sha256$…");
  }

  static void requireAtMost(String what, long value, long most) {
    if (value > most) {
      throw new IllegalArgumentException(
          "has a password_hash that costs too much: "
              + what
              + " is "
              + value
              + ", at most "
              + most);
    }
  }

  static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has a password_hash that is not well-formed", e);
    }
  }
}
