package io.simplejwt.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Makes identifiers that sort by the time of their making: UUID version 7 (RFC 9562 §5.7).
 * Neighbours in time are neighbours in an index, so a large table grows at one end.
 */
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private TimeOrderedId() {}

  /** Whether the text has the form of these identifiers. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** The smallest of the identifiers made at that time or later; what is older is smaller. */
  public static String firstAt(Instant time) {
    return new UUID(time.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L).toString();
  }

  public static String at(Instant time) {
    long high = time.toEpochMilli() << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
    long low = RANDOM.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
