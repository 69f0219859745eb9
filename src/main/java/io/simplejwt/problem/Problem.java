package io.simplejwt.problem;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One failure: why, in words for the caller, and when to try again where that helps.
 *
 * @param members what the document tells beside that, by name (RFC 9457 §3.2)
 */
public record Problem(
    Reason reason, String detail, Optional<Duration> retryAfter, Map<String, Object> members) {
  public Problem {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(retryAfter);
    members = Map.copyOf(members);
  }

  public static Problem of(Reason reason, String detail) {
    return new Problem(reason, detail, Optional.empty(), Map.of());
  }

  public static Problem retry(Reason reason, String detail, Duration after) {
    return new Problem(reason, detail, Optional.of(after), Map.of());
  }

  /** With one member more. */
  public Problem with(String name, Object value) {
    Map<String, Object> more = new HashMap<>(members);
    more.put(name, value);
    return new Problem(reason, detail, retryAfter, more);
  }

  /** For the end of a call that cannot go on. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
