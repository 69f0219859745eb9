package io.simplejwt.token;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import io.simplejwt.store.Schema;
import io.simplejwt.token.KeyChain.State;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tells how long the present key pair has signed. Under HS256 there is none, and nothing to tell.
 */
@Singleton
class KeyMetrics {
  private final KeyFollower keys;
  private final Clock clock;

  KeyMetrics(KeyFollower keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  void start(
      @Observes @Priority(Schema.READY + 1) StartupEvent start,
      JwtConfig tokens,
      MeterRegistry metrics) {
    if (PairAlgorithm.configured(tokens).isPresent()) {
      TimeGauge.builder("signing.key.age", this, TimeUnit.SECONDS, KeyMetrics::age)
          .description("How long the present key pair has signed")
          .register(metrics);
    }
  }

  private double age() {
    return keys.describe(clock.instant()).stream()
        .filter(key -> key.state() == State.CURRENT)
        .mapToDouble(key -> Duration.between(key.signsFrom(), clock.instant()).toSeconds())
        .findFirst()
        .orElse(Double.NaN);
  }
}
