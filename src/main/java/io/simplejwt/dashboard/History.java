package io.simplejwt.dashboard;

import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.AuditHours;
import io.simplejwt.audit.HourCount;
import io.simplejwt.dashboard.DashboardData.Series;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last hours, from the counters that are common to all replicas. */
@ApplicationScoped
class History {
  private final AuditHours audit;
  private final LivingSessions sessions;
  private final Clock clock;

  History(AuditHours audit, LivingSessions sessions, Clock clock) {
    this.audit = audit;
    this.sessions = sessions;
    this.clock = clock;
  }

  DashboardData.History of(int hours) {
    Instant first =
        clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours - 1));
    Map<String, Series> series = new TreeMap<>();
    for (HourCount count : audit.since(first, Kind.SIGN_IN, Kind.REFUSAL, Kind.ACCOUNT_CREATED)) {
      long hour = Duration.between(first, count.hour()).toHours();
      if (hour < hours) { // another replica's clock may be ahead
        series.computeIfAbsent(
                    count.kind() + "/" + count.detail(),
                    name -> new Series(count.kind(), count.detail(), new long[hours]))
                .times()[(int) hour] +=
            count.times();
      }
    }
    return new DashboardData.History(
        first, hours, List.copyOf(series.values()), sessions.count().orElse(null));
  }
}
