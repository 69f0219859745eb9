package io.simplejwt.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * How often the same kind of thing happened within an hour, on all replicas.
 *
 * @param kind as {@link AuditEvent.Kind#wireName} has it
 */
public record HourCount(Instant hour, String kind, String detail, long times) {
  public HourCount {
    Objects.requireNonNull(hour);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(detail);
  }
}
