package io.simplejwt.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Everything that the page shows by itself.
 *
 * @param history common to all replicas; null while the store does not answer
 * @param kinds what {@code GET /audit} knows
 */
@Schema(name = "Dashboard")
record DashboardData(
    Instant time,
    Replica replica,
    Store store,
    LiveFigures.Live live,
    History history,
    List<String> kinds) {
  @Schema(name = "DashboardReplica")
  record Replica(
      @Schema(description = "The machine's or the pod's name") String name,
      String version,
      String commit,
      String color,
      @JsonProperty("started_at") Instant startedAt) {}

  @Schema(name = "DashboardStore")
  record Store(@Schema(examples = "PostgreSQL") String kind, boolean answers) {}

  /**
   * The hours, oldest first; the last one is not over yet.
   *
   * @param activeSessions null until it is counted
   */
  @Schema(name = "DashboardHistory")
  record History(
      @JsonProperty("first_hour") Instant firstHour,
      int hours,
      List<Series> series,
      @JsonProperty("active_sessions") Long activeSessions) {}

  /** One kind of thing, as often as it happened in each hour. */
  @Schema(name = "DashboardSeries")
  record Series(String kind, String detail, long[] times) {}
}
