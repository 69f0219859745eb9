package io.simplejwt.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingGateTest {
  private final HashingGate gate = new HashingGate(new SimpleMeterRegistry());
  private final int places =
      Math.max(1, Runtime.getRuntime().availableProcessors() - 1) + HashingGate.QUEUE;

  @AfterEach
  void stop() {
    gate.stop();
  }

  @Test
  void refusesAtOnceWhereAllPlacesAreTaken() {
    List<Place> taken = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      taken.add(gate.enter());
    }
    assertThatThrownBy(gate::enter)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().reason()).isEqualTo(Reason.UNAVAILABLE);
              assertThat(refused.problem().retryAfter())
                  .isEqualTo(Optional.of(Duration.ofSeconds(1)));
            });
    taken.get(0).close();
    taken.get(0).close(); // a second time gives back nothing more
    gate.enter();
    assertThatThrownBy(gate::enter).isInstanceOf(ProblemException.class);
  }

  @Test
  void hashesOnThreadsOfItsOwn() {
    try (Place place = gate.enter()) {
      String hash = place.hash("a password");
      assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
      assertThat(place.matchesNothing()).isFalse();
    }
  }

  @Test
  void passesFailuresOnToWhoAsked() {
    try (Place place = gate.enter()) {
      assertThatThrownBy(() -> place.hash("\ud800")).isInstanceOf(IllegalArgumentException.class);
      assertThat(place.matchesNothing()).isFalse(); // and goes on
    }
  }
}
