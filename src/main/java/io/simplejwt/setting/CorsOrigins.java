package io.simplejwt.setting;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code CORS_ORIGINS} may be: origins as browsers send them, neither patterns nor {@code *}.
 */
final class CorsOrigins {
  private CorsOrigins() {}

  static Optional<List<String>> parse(String value) {
    List<String> origins = Arrays.stream(value.strip().split("[\\s,]+")).toList();
    return origins.stream().allMatch(CorsOrigins::isOrigin)
        ? Optional.of(origins)
        : Optional.empty();
  }

  /** RFC 6454 §6.2: scheme, host and port in lower case, and nothing behind them. */
  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && text.equals(uri.getScheme() + "://" + uri.getHost() + port(uri))
          && text.equals(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String port(URI uri) {
    return uri.getPort() < 0 ? "" : ":" + uri.getPort();
  }
}
