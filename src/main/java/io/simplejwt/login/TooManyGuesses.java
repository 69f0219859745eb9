package io.simplejwt.login;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses whoever guesses too much: 429, audited, and counted by {@code guesses.refused} with the
 * label {@code by}, which is {@code address} or {@code email}. The caller is told how long to wait
 * and nothing else: neither which limit it was nor whether there is such an account.
 */
@Singleton // made with the start, so that its counters are there before anybody is refused
class TooManyGuesses {
  private final Map<By, Counter> counters = new EnumMap<>(By.class);
  private final Audit audit;

  TooManyGuesses(Audit audit, MeterRegistry metrics) {
    this.audit = audit;
    for (By by : By.values()) {
      counters.put(
          by,
          Counter.builder("guesses.refused")
              .description("Passwords that were not looked at, since there were too many before")
              .tag("by", by.name().toLowerCase(Locale.ROOT))
              .register(metrics));
    }
  }

  ProblemException refuse(By by, Optional<String> account, Origin origin, Duration wait) {
    counters.get(by).increment();
    audit.refused(new AuditEvent(Kind.REFUSAL, account, by.detail, origin));
    return Problem.retry(
            Reason.TOO_MANY_REQUESTS,
            "There were too many wrong passwords; wait as long as Retry-After says",
            wait)
        .exception();
  }

  enum By {
    ADDRESS("too many guesses from the address"),
    EMAIL("too many guesses at the account");

    private final String detail;

    By(String detail) {
      this.detail = detail;
    }
  }
}
