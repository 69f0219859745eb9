package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.store.TimeOrderedId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndedSessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final UUID[] IDS =
      Stream.generate(EndedSessionsTest::newId).limit(1_000_000).toArray(UUID[]::new);

  private final EndedSessions sessions = new EndedSessions();

  @Test
  void behavesAsAMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<UUID, Long> model = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      UUID id = IDS[random.nextInt(5_000)];
      long until = random.nextInt(1000);
      sessions.add(id, until);
      model.putIfAbsent(id, until);
      if (random.nextInt(2_000) == 0) {
        long past = random.nextInt(1000);
        sessions.forgetBefore(past);
        model.values().removeIf(needed -> needed < past);
      }
      UUID other = IDS[random.nextInt(6_000)];
      assertThat(sessions.contains(other)).as("seed %d", seed).isEqualTo(model.containsKey(other));
      assertThat(sessions.size()).as("seed %d", seed).isEqualTo(model.size());
    }
  }

  /** Neighbours in both halves, as an attacker could not choose but chance could. */
  @Test
  void tellsApartIdsThatShareHalfTheirBits() {
    UUID id = newId();
    UUID sameFirst = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1);
    UUID sameSecond = new UUID(id.getMostSignificantBits() ^ 1, id.getLeastSignificantBits());
    sessions.add(id, 1);
    assertThat(sessions.contains(sameFirst)).isFalse();
    assertThat(sessions.contains(sameSecond)).isFalse();
    sessions.add(sameSecond, 1);
    sessions.add(sameFirst, 1);
    assertThat(sessions.size()).isEqualTo(3);
  }

  @Test
  void keepsTimesBeyondTheYear2038() {
    long far = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
    sessions.add(IDS[0], far);
    sessions.forgetBefore(far);
    assertThat(sessions.contains(IDS[0])).isTrue();
    sessions.forgetBefore(far + 1);
    assertThat(sessions.contains(IDS[0])).isFalse();
  }

  /** What has been added is found at any moment after, while the table grows and shrinks. */
  @Test
  void losesNothingBeforeTheEyesOfReaders() {
    AtomicInteger added = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int looks = 0;
              Random random = new Random(1);
              while (!done.get()) {
                int known = added.get();
                if (known > 0 && !sessions.contains(IDS[random.nextInt(known)])) {
                  throw new AssertionError("lost one of " + known);
                }
                looks++;
              }
              return looks;
            });
    for (int i = 0; i < 300_000; i++) {
      sessions.add(IDS[i], 100);
      added.set(i + 1);
      if (i % 20_000 == 0) {
        sessions.forgetBefore(50);
      }
    }
    done.set(true);
    assertThat(reader.join()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void costsAsLittleAsItsDocumentationSays(int entries) {
    long before = usedMemory();
    for (int i = 0; i < entries; i++) {
      sessions.add(IDS[i], NOW.getEpochSecond());
    }
    double bytes = (usedMemory() - before) / (double) entries;
    long begun = System.nanoTime();
    int found = 0;
    for (int i = 0; i < 1_000_000; i++) {
      found += sessions.contains(IDS[i]) ? 1 : 0;
    }
    double nanoseconds = (System.nanoTime() - begun) / 1e6;
    System.out.printf(
        "%,d ended sessions: %.0f bytes each, %.0f ns a look%n", entries, bytes, nanoseconds);
    assertThat(found).isEqualTo(entries);
    assertThat(bytes).isBetween(20.0, 100.0); // the collector rounds large arrays up
  }

  private static UUID newId() {
    return UUID.fromString(TimeOrderedId.at(NOW));
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
