package io.simplejwt.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.audit.Origin;
import io.simplejwt.setting.Tracing;
import io.simplejwt.setting.TracingConfig;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.MDC;

/**
 * A span for each request, where {@code OTEL_EXPORTER_OTLP_ENDPOINT} is set; the names are those of
 * OpenTelemetry's conventions for HTTP servers. It goes on with the caller's trace (W3C Trace
 * Context), and the log tells which one that is.
 *
 * <p>Spans leave the service, so they tell nothing that a caller may have sent by mistake: no
 * query, and nothing that is as long as a token, see {@link Told}.
 */
@Singleton
class RequestSpans implements Handler<RoutingContext> {
  private static final int AFTER_REQUEST_ID = 995;
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("user_agent.original");

  private static final TextMapGetter<HttpServerRequest> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServerRequest request) {
          return request.headers().names();
        }

        @Override
        public String get(HttpServerRequest request, String name) {
          return request.getHeader(name);
        }
      };

  private Optional<SpanExport> export = Optional.empty();
  private Tracer tracer;

  void register(@Observes Filters filters, TracingConfig config) {
    export =
        config
            .exporterOtlpEndpoint()
            .filter(Tracing::isEndpoint)
            .flatMap(
                to -> Tracing.share(config.tracesSamplerArg()).map(s -> new SpanExport(to, s)));
    export.ifPresent(
        spans -> {
          tracer = spans.tracer();
          filters.register(this, AFTER_REQUEST_ID);
        });
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean known = RequestMetrics.METHODS.contains(request.method());
    String method = known ? request.method().name() : "_OTHER";
    SpanBuilder begun =
        tracer
            .spanBuilder(known ? method : "HTTP")
            .setParent(caller(request))
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(METHOD, method)
            .setAttribute(PATH, Told.of(request.path() == null ? "" : request.path()));
    String agent = request.getHeader(HttpHeaders.USER_AGENT);
    if (agent != null) {
      begun.setAttribute(AGENT, Told.of(agent));
    }
    Span span = begun.startSpan();
    MDC.put("traceId", span.getSpanContext().getTraceId());
    MDC.put("spanId", span.getSpanContext().getSpanId());
    context.addEndHandler(ended -> end(span, method, context, ended.succeeded()));
    context.next();
  }

  /** Without its {@code tracestate}, free text that nobody here would pass on. */
  private static Context caller(HttpServerRequest request) {
    Context sent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
    SpanContext span = Span.fromContext(sent).getSpanContext();
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    span.getTraceId(),
                    span.getSpanId(),
                    span.getTraceFlags(),
                    TraceState.getDefault())));
  }

  private static void end(Span span, String method, RoutingContext context, boolean answered) {
    Route.of(context)
        .ifPresent(route -> span.updateName(method + " " + route).setAttribute(ROUTE, route));
    span.setAttribute(CLIENT, Origin.of(context).address());
    if (answered) {
      int status = context.response().getStatusCode();
      span.setAttribute(STATUS, (long) status);
      if (status >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
    } else { // the client hung up
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  /** Sends what was not sent yet. */
  @PreDestroy
  void stop() {
    export.ifPresent(SpanExport::close);
  }
}
