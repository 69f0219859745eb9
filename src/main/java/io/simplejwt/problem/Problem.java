package io.simplejwt.problem;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** One failure: why, in words for the caller, and when to try again where that helps. */
public record Problem(Reason reason, String detail, Optional<Duration> retryAfter) {
  public Problem {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(retryAfter);
  }

  public static Problem of(Reason reason, String detail) {
    return new Problem(reason, detail, Optional.empty());
  }

  public static Problem retry(Reason reason, String detail, Duration after) {
    return new Problem(reason, detail, Optional.of(after));
  }

  /** For the end of a call that cannot go on. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
