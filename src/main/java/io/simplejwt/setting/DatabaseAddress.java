package io.simplejwt.setting;

import java.util.Locale;

/** What {@code DATABASE_URL} may be. */
public final class DatabaseAddress {
  private DatabaseAddress() {}

  /**
   * Whether the pool may see it. With a user or a password in it, the driver and the pool would
   * repeat it in their errors.
   */
  public static boolean isGood(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return url.startsWith("jdbc:postgresql://")
        && !url.contains("@")
        && !lower.contains("password=")
        && !lower.contains("user=");
  }
}
