package io.simplejwt.account;

import java.nio.charset.StandardCharsets;

/**
 * Hashes a second on one thread: what sign-ins a second could be if they were nothing else.
 * Argument: seconds. Prints the rate of the implementation that the service takes and the one of
 * Bouncy Castle, measured in turns. In the service's package, since hashing is nobody else's.
 */
class HashRate {
  static final byte[] PASSWORD = "mypwd".getBytes(StandardCharsets.UTF_8);
  static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final int TURNS = 4;

  public static void main(String[] arguments) {
    double seconds = Double.parseDouble(arguments[0]) / TURNS;
    Argon2 ours = FastestArgon2.choose();
    Argon2 bouncyCastle = new BouncyCastleArgon2();
    rate(ours, 0.5);
    rate(bouncyCastle, 2); // until it is compiled
    double oursSum = 0;
    double bouncyCastleSum = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      oursSum += rate(ours, seconds);
      bouncyCastleSum += rate(bouncyCastle, seconds / 2);
    }
    System.out.printf("%.1f %.1f%n", oursSum / TURNS, bouncyCastleSum / TURNS);
    System.exit(0);
  }

  static double rate(Argon2 argon2, double seconds) {
    long begun = System.nanoTime();
    long now;
    int hashes = 0;
    do {
      argon2.derive(PASSWORD, SALT, Argon2Parameters.CURRENT);
      hashes++;
      now = System.nanoTime();
    } while (now - begun < seconds * 1e9);
    return hashes / ((now - begun) / 1e9);
  }
}
