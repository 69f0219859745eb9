package io.simplejwt.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {
  @Test
  void isAUuidOfVersion7ThatSortsByTime() {
    Instant time = Instant.parse("2026-11-21T12:00:00.123Z");
    UUID id = UUID.fromString(TimeOrderedId.at(time));
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
    assertThat(TimeOrderedId.at(time)).isLessThan(TimeOrderedId.at(time.plusMillis(1)));
    assertThat(TimeOrderedId.at(time)).isNotEqualTo(TimeOrderedId.at(time));
  }
}
