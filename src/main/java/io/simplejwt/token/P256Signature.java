package io.simplejwt.token;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The one spelling of an ECDSA signature: r and s, 32 bytes each (IEEE P1363).
 *
 * <p>Whoever has a signature (r, s) can write a second good one, (r, n - s), without the key. A
 * token with two spellings cannot be counted, cached or refused by its text, so we sign with the
 * lower s and accept nothing else. That costs nobody anything: all our tokens are our own, and
 * other verifiers accept either.
 */
final class P256Signature {
  private static final int HALF = 32;
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final BigInteger HIGHEST_S = ORDER.shiftRight(1);

  private P256Signature() {}

  /**
   * Whether r and s are in range, s in its lower half. Zeros in both once passed for a signature of
   * everything in the JDK itself (CVE-2022-21449).
   */
  static boolean isCanonical(byte[] signature) {
    BigInteger r = new BigInteger(1, signature, 0, HALF);
    BigInteger s = new BigInteger(1, signature, HALF, HALF);
    return r.signum() > 0
        && r.compareTo(ORDER) < 0
        && s.signum() > 0
        && s.compareTo(HIGHEST_S) <= 0;
  }

  static byte[] withLowS(byte[] signature) {
    BigInteger s = new BigInteger(1, signature, HALF, HALF);
    if (s.compareTo(HIGHEST_S) <= 0) {
      return signature;
    }
    byte[] low = ORDER.subtract(s).toByteArray(); // positive and below 2^255: 32 bytes at most
    byte[] result = Arrays.copyOf(signature, 2 * HALF);
    Arrays.fill(result, HALF, 2 * HALF, (byte) 0);
    System.arraycopy(low, 0, result, 2 * HALF - low.length, low.length);
    return result;
  }
}
