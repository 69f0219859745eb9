package io.simplejwt.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What the variables of {@link TracingConfig} may be. */
public final class Tracing {
  private Tracing() {}

  /** Without a user or a query, which would be a password in the exporter's error messages. */
  public static boolean isEndpoint(String text) {
    try {
      URI uri = new URI(text.strip());
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A share of all traces. */
  public static Optional<Double> share(String text) {
    try {
      return Optional.of(Double.parseDouble(text.strip()))
          .filter(share -> share >= 0 && share <= 1);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static void require(TracingConfig config) {
    if (config.exporterOtlpEndpoint().filter(endpoint -> !isEndpoint(endpoint)).isPresent()) {
      throw new BadSetting(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "is not a collector's address",
          "use http or https, a host and a port, as in http://collector:4318");
    }
    if (share(config.tracesSamplerArg()).isEmpty()) {
      throw new BadSetting(
          "OTEL_TRACES_SAMPLER_ARG",
          "is \"" + config.tracesSamplerArg() + "\"",
          "use a number from 0 to 1, as in 0.01");
    }
  }
}
