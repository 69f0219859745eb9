package io.simplejwt.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.audit.Origin;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressLimitTest {
  private static final ClientNetwork HERE = network("192.0.2.1");
  private static final ClientNetwork THERE = network("192.0.2.2");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it overflows meanwhile
  private final AddressLimit limit = new AddressLimit(100, nanos::get);

  @Test
  void aHundredWrongOnesAreEnough() {
    assertThat(taken(HERE, 100)).isEqualTo(100);
    assertThat(limit.take(HERE)).isEqualTo(Duration.ofSeconds(6));
    assertThat(limit.take(THERE)).isZero();
  }

  @Test
  void guessesComeBackEvenly() {
    taken(HERE, 100);
    pass(Duration.ofSeconds(59));
    assertThat(taken(HERE, 100)).isEqualTo(9);
    pass(Duration.ofMinutes(10));
    assertThat(taken(HERE, 200)).isEqualTo(100);
  }

  @Test
  void rightOnesAreFree() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(limit.take(HERE)).isZero();
      limit.giveBack(HERE);
    }
    assertThat(limit.size()).isZero();
  }

  /** Signing in to an account of one's own in between must not buy guesses at others'. */
  @Test
  void aRightOneGivesBackNoMoreThanItself() {
    int wrong = 0;
    for (int i = 0; i < 1000; i++) {
      wrong += taken(HERE, 1);
      if (limit.take(HERE).isZero()) {
        limit.giveBack(HERE);
      }
    }
    assertThat(wrong).isEqualTo(100);
  }

  @Test
  void guessesAtOnceCannotPassTogether() {
    AtomicInteger passed = new AtomicInteger();
    IntStream.range(0, 5000).parallel().forEach(i -> passed.addAndGet(taken(HERE, 1)));
    assertThat(passed).hasValue(100);
  }

  @Test
  void memoryIsBoundedWhateverTheNumberOfNetworks() {
    for (int i = 0; i < 2 * AddressLimit.MOST; i++) {
      limit.take(new ClientNetwork("network " + i));
    }
    assertThat(limit.size()).isEqualTo(AddressLimit.MOST);
    pass(Duration.ofSeconds(7));
    limit.dropIdle();
    assertThat(limit.size()).isZero();
  }

  @Test
  void anIpv6CustomerIsOneNetwork() {
    assertThat(network("2001:db8:1:2::1")).isEqualTo(network("2001:db8:1:2:ffff::9"));
    assertThat(network("2001:db8:1:2::1").text()).isEqualTo("2001:db8:1:2::/64");
    assertThat(network("2001:db8:1:3::1")).isNotEqualTo(network("2001:db8:1:2::1"));
    assertThat(network("::ffff:192.0.2.1")).isEqualTo(HERE);
    assertThat(HERE).isNotEqualTo(THERE);
    assertThat(network(Origin.UNKNOWN).text()).isEqualTo("unknown");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private int taken(ClientNetwork network, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += limit.take(network).isZero() ? 1 : 0;
    }
    return taken;
  }

  static ClientNetwork network(String address) {
    return ClientNetwork.of(new Origin(Optional.empty(), address));
  }
}
