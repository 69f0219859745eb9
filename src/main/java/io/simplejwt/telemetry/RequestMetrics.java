package io.simplejwt.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * {@code http.server.requests}: how many, and how long they took, by the resource that answered;
 * {@code http.server.active.requests}: how many wait for their answer.
 *
 * <p>In the place of the framework's own, which took longer than a token's verifying, since it puts
 * its labels together anew for each request; and which labels what no resource has answered with
 * the path and the method as they were sent, so that anybody could make series until memory is
 * full. Here what no resource has answered is one path, and what is no method of ours is one
 * method.
 */
@Singleton
class RequestMetrics implements Handler<RoutingContext>, MeterFilter {
  static final String OTHER = "other";

  private static final int FIRST = 1010;
  private static final String REQUESTS = "http.server.requests";

  /** For those whose clients hang up before they have their answer. */
  private static final int RESET = 0;

  static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  /** The calls whose latency is looked at, each of which costs a series for every bound. */
  private static final Set<String> TIMED = Set.of("/contents", "/auth", "/auth/refresh");

  private static final double[] BOUNDS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000)
          .mapToDouble(bound -> Duration.ofMillis(bound).toNanos())
          .toArray();

  private record Labels(String method, String path, int status) {}

  private final Map<Labels, Timer> timers = new ConcurrentHashMap<>();
  private final LongAdder inFlight = new LongAdder();
  private final MeterRegistry registry;

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A filter of meters must not make one while the registry asks for filters. */
  void expose(@Observes StartupEvent start) {
    registry.gauge("http.server.active.requests", inFlight, LongAdder::sum);
  }

  void register(@Observes Filters filters) {
    filters.register(this, FIRST);
  }

  @Override
  public void handle(RoutingContext context) {
    long begun = System.nanoTime();
    inFlight.increment();
    context.addEndHandler(
        ended -> {
          inFlight.decrement();
          timers
              .computeIfAbsent(labels(context, ended.succeeded()), this::timer)
              .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        });
    context.next();
  }

  private static Labels labels(RoutingContext context, boolean answered) {
    HttpServerRequest request = context.request();
    String method = METHODS.contains(request.method()) ? request.method().name() : OTHER;
    if (!answered) {
      return new Labels(method, OTHER, RESET);
    }
    return new Labels(method, Route.of(context).orElse(OTHER), context.response().getStatusCode());
  }

  private Timer timer(Labels labels) {
    return Timer.builder(REQUESTS)
        .tag("method", labels.method)
        .tag("uri", labels.path.equals("/") ? "root" : labels.path)
        .tag("status", labels.status == RESET ? "RESET" : String.valueOf(labels.status))
        .tag("outcome", outcome(labels.status))
        .register(registry);
  }

  private static String outcome(int status) {
    return switch (status / 100) {
      case 1 -> "INFORMATIONAL";
      case 2 -> "SUCCESS";
      case 3 -> "REDIRECTION";
      case 5 -> "SERVER_ERROR";
      default -> "CLIENT_ERROR";
    };
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!id.getName().equals(REQUESTS) || !TIMED.contains(id.getTag("uri"))) {
      return config;
    }
    return DistributionStatisticConfig.builder()
        .serviceLevelObjectives(BOUNDS)
        .build()
        .merge(config);
  }
}
