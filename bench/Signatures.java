package io.simplejwt.token;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Provider;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Tokens signed and verified a second of one core, with ES256 and EdDSA, by the JDK and by the provider that the service
 * takes, in turns. Arguments: seconds a turn, turns. In the service's package, since signing is nobody else's.
 * bench/signatures.sh runs it.
 */
class Signatures {
  private static final String INPUT = "e30." + "a".repeat(480); // about as long as header and claims of ours
  private static final double WARM_UP = 3;
  private static final int BATCH = 10; // asking for the time costs half a microsecond

  public static void main(String[] arguments) throws Exception {
    double seconds = Double.parseDouble(arguments[0]);
    int turns = Integer.parseInt(arguments[1]);
    System.out.println("| what | JDK, a second | Corretto's, a second | ratio, and its range |\n| --- | --- | --- | --- |");
    for (PairAlgorithm algorithm : PairAlgorithm.values()) {
      KeyPair pair = algorithm.generate();
      Provider corretto = FastestSignatures.of(algorithm);
      if (corretto.equals(algorithm.platform())) {
        throw new IllegalStateException("Corretto's provider does not load here");
      }
      PairKey slow = new PairKey(algorithm, pair.getPublic(), pair.getPrivate(), algorithm.platform());
      PairKey fast = new PairKey(algorithm, pair.getPublic(), pair.getPrivate(), corretto);
      compare(algorithm.wireName() + ", signing", signing(slow), signing(fast), seconds, turns);
      compare(algorithm.wireName() + ", verifying", verifying(slow), verifying(fast), seconds, turns);
    }
    System.exit(0);
  }

  private static BooleanSupplier signing(PairKey key) {
    byte[] text = INPUT.getBytes(StandardCharsets.US_ASCII);
    return () -> key.sign(text, text.length).length == 86;
  }

  private static BooleanSupplier verifying(PairKey key) {
    byte[] text = INPUT.getBytes(StandardCharsets.US_ASCII);
    String signature = new String(key.sign(text, text.length), StandardCharsets.US_ASCII);
    StrictGate.Parts token = StrictGate.split(INPUT + "." + signature).orElseThrow();
    return () -> key.signed(token);
  }

  private static void compare(String what, BooleanSupplier slow, BooleanSupplier fast, double seconds, int turns) {
    rate(slow, WARM_UP); // until it is compiled
    rate(fast, WARM_UP);
    double[] jdk = new double[turns];
    double[] corretto = new double[turns];
    double[] ratio = new double[turns];
    for (int turn = 0; turn < turns; turn++) {
      jdk[turn] = rate(slow, seconds);
      corretto[turn] = rate(fast, seconds);
      ratio[turn] = corretto[turn] / jdk[turn];
    }
    for (double[] all : new double[][] {jdk, corretto, ratio}) {
      Arrays.sort(all);
    }
    System.out.printf(
        "| %s | %.0f | %.0f | %.1f, %.1f to %.1f |%n",
        what, jdk[turns / 2], corretto[turns / 2], ratio[turns / 2], ratio[0], ratio[turns - 1]);
  }

  /** Of the thread's own CPU time: whatever else runs on the core takes nothing from it. */
  private static double rate(BooleanSupplier work, double seconds) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long begun = clock.getCurrentThreadCpuTime();
    long now;
    int done = 0;
    do {
      for (int i = 0; i < BATCH; i++) {
        if (!work.getAsBoolean()) {
          throw new IllegalStateException("a signature that is wrong");
        }
      }
      done += BATCH;
      now = clock.getCurrentThreadCpuTime();
    } while (now - begun < seconds * 1e9);
    return done / ((now - begun) / 1e9);
  }
}
