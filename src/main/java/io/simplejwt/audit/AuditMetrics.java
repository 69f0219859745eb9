package io.simplejwt.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.simplejwt.audit.AuditEvent.Kind;
import jakarta.inject.Singleton;

/**
 * Counts what is audited: sign-ins, refusals by their reason, refreshes and everything else that
 * has a kind. A reason is a constant of the code, so there are few of them; other details are not
 * labels.
 */
@Singleton
class AuditMetrics {
  private final MeterRegistry registry;
  private final Counter lost;

  AuditMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lost =
        Counter.builder("audit.lost")
            .description("Entries that are in the log only, since the store was away")
            .register(registry);
    for (Kind kind : Kind.values()) { // each begins at 0, or its first increase would not be seen
      events(kind, "");
    }
  }

  void count(AuditEvent event) {
    events(event.kind(), event.kind() == Kind.REFUSAL ? event.detail() : "").increment();
  }

  void watch(AuditBuffer buffer) {
    Gauge.builder("audit.waiting", buffer, AuditBuffer::size)
        .description("Rows of refusals on their way to the store")
        .register(registry);
  }

  void lost(long entries) {
    lost.increment(entries);
  }

  private Counter events(Kind kind, String reason) {
    return Counter.builder("audit.events")
        .description("What was audited; the reason is a refusal's")
        .tag("kind", kind.wireName())
        .tag("reason", reason)
        .register(registry);
  }
}
