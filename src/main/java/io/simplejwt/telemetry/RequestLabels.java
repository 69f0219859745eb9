package io.simplejwt.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps the series of {@code http.server.requests} few.
 *
 * <p>The framework labels them with the path as it was sent wherever no resource has answered (a
 * body too large, a head too large, a client that hangs up), and with the method as it was sent. So
 * anybody could make series until memory is full, or until the framework counts no further path at
 * all, which it does after a hundred. Here what no resource has answered is one path, and what is
 * no method of ours is one method.
 */
@Singleton
class RequestLabels implements HttpServerMetricsTagsContributor, MeterFilter {
  static final String OTHER = "other";

  private static final String REQUESTS = "http.server.requests";

  /** Where the framework leaves the path of the resource that answers, as in /accounts/{id}. */
  private static final String TEMPLATE = "UrlPathTemplate";

  private static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);
  private static final Set<String> NAMES =
      Set.copyOf(METHODS.stream().map(HttpMethod::name).toList());

  /** The calls whose latency is looked at, each of which costs a series for every bound. */
  private static final Set<String> TIMED = Set.of("/contents", "/auth", "/auth/refresh");

  private static final double[] BOUNDS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000)
          .mapToDouble(bound -> Duration.ofMillis(bound).toNanos())
          .toArray();

  /** For every request that is answered; a label that stands already is replaced. */
  @Override
  public Tags contribute(Context context) {
    HttpMethod method = context.request().method();
    boolean template = context.requestContextLocalData(TEMPLATE) != null;
    if (template && METHODS.contains(method)) {
      return Tags.empty();
    }
    return Tags.of(
        Tag.of("uri", template ? context.requestContextLocalData(TEMPLATE) : OTHER),
        Tag.of("method", METHODS.contains(method) ? method.name() : OTHER));
  }

  /** For those whose clients hang up, for which nobody contributes: the path is not known. */
  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().equals(REQUESTS) || !"RESET".equals(id.getTag("status"))) {
      return id;
    }
    Meter.Id one = id.withTag(Tag.of("uri", OTHER));
    return NAMES.contains(id.getTag("method")) ? one : one.withTag(Tag.of("method", OTHER));
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
