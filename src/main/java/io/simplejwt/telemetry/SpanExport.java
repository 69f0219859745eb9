package io.simplejwt.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;

/** Sends spans to a collector, some at a time; those that it does not take are dropped. */
final class SpanExport implements AutoCloseable {
  private static final String SERVICE = "simple-jwt-api";
  private static final AttributeKey<String> NAME = AttributeKey.stringKey("service.name");
  private static final int FAREWELL_SECONDS = 2;

  private final SdkTracerProvider spans;

  /** Who calls may have decided whether a trace is recorded; of the others a share is. */
  SpanExport(String endpoint, double share) {
    OtlpHttpSpanExporter collector =
        OtlpHttpSpanExporter.builder().setEndpoint(traces(endpoint.strip())).build();
    spans =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(Resource.create(Attributes.of(NAME, SERVICE))))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
            .addSpanProcessor(BatchSpanProcessor.builder(collector).build())
            .build();
  }

  /** The specification of OTLP: a base address is followed by the signal's own path. */
  private static String traces(String endpoint) {
    return endpoint + (endpoint.endsWith("/") ? "" : "/") + "v1/traces";
  }

  Tracer tracer() {
    return spans.get(SERVICE);
  }

  /** A collector that does not answer holds nobody's shutdown. */
  @Override
  public void close() {
    spans.shutdown().join(FAREWELL_SECONDS, TimeUnit.SECONDS);
  }
}
