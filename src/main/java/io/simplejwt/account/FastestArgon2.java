package io.simplejwt.account;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes libsodium where it loads and computes what it should, Bouncy Castle elsewhere. Checked
 * once, at start, against an answer known beforehand: a hash that is wrong would lock everybody
 * out.
 */
final class FastestArgon2 {
  private static final Logger LOG = Logger.getLogger(FastestArgon2.class);
  private static final byte[] PASSWORD = "known answer".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final String TAG =
      "9f4bf6d80e2a03f4a60a9ff34045f55315517f782e68da8226592c630c350ef0";

  private FastestArgon2() {}

  static Argon2 choose() {
    // No reference to a constructor, which would load the class: Bouncy Castle's jar is signed, and
    // to verify its signature takes half a second of a start that does not need it.
    return choose(SodiumArgon2::new, () -> new BouncyCastleArgon2());
  }

  static Argon2 choose(Supplier<Argon2> preferred, Supplier<Argon2> fallback) {
    try {
      return tested(preferred.get());
    } catch (RuntimeException | LinkageError e) {
      if (!isEnding(e)) {
        LOG.warnf("Passwords are hashed by Bouncy Castle, at about half the speed: %s", reason(e));
      }
      return tested(fallback.get());
    }
  }

  /** A start that was refused meanwhile: unpacking native code finds the machine shutting down. */
  private static boolean isEnding(Throwable e) {
    return "Shutdown in progress".equals(root(e).getMessage());
  }

  /** In one line; the linker has several. */
  private static String reason(Throwable e) {
    return root(e).toString().lines().findFirst().orElseThrow();
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Argon2 tested(Argon2 candidate) {
    byte[] tag = candidate.derive(PASSWORD, SALT, Argon2Parameters.CURRENT);
    if (!HexFormat.of().formatHex(tag).equals(TAG)) {
      throw new IllegalStateException(
          candidate.getClass().getSimpleName() + " does not compute Argon2id as RFC 9106 has it");
    }
    return candidate;
  }
}
