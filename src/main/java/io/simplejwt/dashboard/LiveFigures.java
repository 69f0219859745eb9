package io.simplejwt.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.simplejwt.token.RevocationList;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What this replica has measured since its start. Nothing here asks the store. */
@ApplicationScoped
class LiveFigures {
  private static final Set<String> TURNED_AWAY = Set.of("429", "503");

  private final MeterRegistry metrics;
  private final RevocationList revocations;

  LiveFigures(MeterRegistry metrics, RevocationList revocations) {
    this.metrics = metrics;
    this.revocations = revocations;
  }

  Live now() {
    return new Live(
        requests("/auth"),
        requests("/contents"),
        new Hashing(
            Times.of(metrics.find("password.hash.wait").timers()),
            count("password.hashes"),
            count("password.hash.shed")),
        new Revocations(revocations.size(), revocations.isTrusted()));
  }

  /** But what was turned away: such answers are held back, and say nothing of how fast it is. */
  private Times requests(String path) {
    return Times.of(
        metrics.find("http.server.requests").tag("uri", path).timers().stream()
            .filter(timer -> !TURNED_AWAY.contains(timer.getId().getTag("status")))
            .toList());
  }

  private long count(String name) {
    return (long) metrics.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  @Schema(name = "DashboardLive", description = "Of the replica that answers")
  record Live(Times auth, Times contents, Hashing hashing, Revocations revocations) {}

  /**
   * How long something took.
   *
   * @param slowest of the last minutes
   */
  @Schema(name = "DashboardTimes")
  record Times(
      long count,
      @JsonProperty("total_ms") double total,
      @JsonProperty("slowest_ms") double slowest) {
    /** One answer has many timers, one for each status. */
    static Times of(Collection<Timer> timers) {
      return new Times(
          timers.stream().mapToLong(Timer::count).sum(),
          timers.stream().mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS)).sum(),
          timers.stream().mapToDouble(timer -> timer.max(TimeUnit.MILLISECONDS)).max().orElse(0));
    }
  }

  @Schema(name = "DashboardHashing")
  record Hashing(
      @Schema(description = "For a place to hash") Times waits,
      long hashes,
      @Schema(description = "Sign-ins refused because too many wanted to hash") long shed) {}

  @Schema(name = "DashboardRevocations")
  record Revocations(
      int size,
      @Schema(description = "Whether the list is as new as it must be") boolean trusted) {}
}
