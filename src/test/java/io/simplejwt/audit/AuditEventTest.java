package io.simplejwt.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.store.TimeOrderedId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a caller sent can be told to the audit. */
class AuditEventTest {
  private static final String ACCOUNT = TimeOrderedId.at(Instant.now());
  private static final Origin HERE = new Origin(Optional.empty(), "192.0.2.7");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line\nbreak",
        "line\r",
        "\u001b[31m",
        "\u2028",
        "a@b.org",
        "My Password",
        "eyJhbGciOiJIUzI1NiJ9.e30.x",
        "a\"b",
        "a=b",
        "${jndi}",
        "7"
      })
  void refusesTextThatIsNotOurs(String text) {
    assertThatThrownBy(() -> new AuditEvent(Kind.REFUSAL, Optional.empty(), text, HERE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AuditEvent.of(Kind.REFUSAL, text, HERE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AuditEvent.of(Kind.REFUSAL, ACCOUNT, HERE.by(text)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Origin(Optional.empty(), text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEndlessText() {
    assertThatThrownBy(() -> new AuditEvent(Kind.REFUSAL, Optional.empty(), "a".repeat(101), HERE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
