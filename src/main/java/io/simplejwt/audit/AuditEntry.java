package io.simplejwt.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** The same event, once or many times within one minute. */
record AuditEntry(AuditEvent event, Instant first, Instant last, long times) {
  AuditEntry {
    Objects.requireNonNull(event);
    Objects.requireNonNull(first);
    Objects.requireNonNull(last);
  }

  static AuditEntry once(AuditEvent event, Instant time) {
    return new AuditEntry(event, time, time, 1);
  }

  AuditEntry and(AuditEntry next) {
    return new AuditEntry(event, first, next.last, times + next.times);
  }

  Key key() {
    return new Key(event, first.truncatedTo(ChronoUnit.MINUTES));
  }

  /** What makes entries one row. */
  record Key(AuditEvent event, Instant minute) {}
}
