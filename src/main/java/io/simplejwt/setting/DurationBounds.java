package io.simplejwt.setting;

import java.time.Duration;

/** Refuses durations that nobody can mean. */
public final class DurationBounds {
  private static final Duration LONGEST = Duration.ofDays(3650);

  private DurationBounds() {}

  /** At least this long, and ten years at most: beyond, sums of times would overflow. */
  public static void require(String variable, Duration value, Duration shortest) {
    if (value.compareTo(shortest) < 0) {
      throw new BadSetting(
          variable,
          "is " + value.toSeconds() + " s",
          "use " + shortest.toSeconds() + "s or more, as in 15m, 1h or 14d");
    }
    if (value.compareTo(LONGEST) > 0) {
      throw new BadSetting(variable, "is " + value.toDays() + " days", "use 3650d at most");
    }
  }
}
