package io.simplejwt.audit;

import io.simplejwt.audit.AuditEvent.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What happened how often, by the hour. Never scans the audit: hours are counted as it grows. */
@ApplicationScoped
public class AuditHours {
  private final AuditPageStore store;

  AuditHours(AuditPageStore store) {
    this.store = store;
  }

  /** Hours in which nothing of the kind happened are missing. */
  public List<HourCount> since(Instant hour, Kind... kinds) {
    return store.hours(hour, Stream.of(kinds).map(Kind::wireName).toList());
  }
}
