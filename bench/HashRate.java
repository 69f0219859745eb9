package io.simplejwt.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Hashes a second on one thread: what sign-ins a second could be if they were nothing else. Reads
 * lines, "ours 3" or "bouncy-castle 3", hashes for so many seconds by the implementation that the
 * service takes or by Bouncy Castle, and answers each with its rate. Begun once and warm, it can be
 * asked right before and right after what it is compared with. In the service's package, since
 * hashing is nobody else's.
 */
class HashRate {
  static final byte[] PASSWORD = "mypwd".getBytes(StandardCharsets.UTF_8);
  static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  public static void main(String[] arguments) throws IOException {
    Map<String, Argon2> all =
        Map.of("ours", FastestArgon2.choose(), "bouncy-castle", new BouncyCastleArgon2());
    all.values().forEach(argon2 -> rate(argon2, 2)); // until it is compiled
    BufferedReader asked = new BufferedReader(new InputStreamReader(System.in));
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      String[] words = line.split(" ");
      System.out.printf("%.2f%n", rate(all.get(words[0]), Double.parseDouble(words[1])));
    }
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
