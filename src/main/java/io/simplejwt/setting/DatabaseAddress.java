package io.simplejwt.setting;

import java.util.Locale;
import java.util.Properties;
import org.postgresql.Driver;

/** What {@code DATABASE_URL} may be. */
public final class DatabaseAddress {
  private DatabaseAddress() {}

  /**
   * Whether the driver understands it, and may see it: with a user or a password in it, it would
   * repeat them in its errors.
   */
  public static boolean isGood(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return url.startsWith("jdbc:postgresql://")
        && !url.contains("@")
        && !lower.contains("password=")
        && !lower.contains("user=")
        && Driver.parseURL(url, new Properties()) != null;
  }
}
