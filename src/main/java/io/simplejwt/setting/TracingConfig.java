package io.simplejwt.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Where spans are sent: {@code OTEL_EXPORTER_OTLP_ENDPOINT}, {@code OTEL_TRACES_SAMPLER_ARG}, which
 * are OpenTelemetry's own names. Without an endpoint there is no tracing at all.
 */
@ConfigMapping(prefix = "otel")
public interface TracingConfig {
  /** A collector that takes OTLP over HTTP, as in {@code http://collector:4318}. */
  Optional<String> exporterOtlpEndpoint();

  /** The share of the traces begun here that are sent, 0 to 1. */
  @WithDefault("1")
  String tracesSamplerArg();
}
