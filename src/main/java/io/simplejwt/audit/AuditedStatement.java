package io.simplejwt.audit;

import java.time.Duration;
import java.util.Objects;

/**
 * A statement that was run by {@code POST /query}, and what came of it.
 *
 * @param access whether it could write
 * @param text one line, without the literals
 * @param outcome a word of ours, with the SQLSTATE where there is one
 */
public record AuditedStatement(
    Origin origin, String access, String text, String outcome, int rows, Duration time) {
  public AuditedStatement {
    Objects.requireNonNull(access);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(time);
    if (origin.actor().isEmpty()) {
      throw new IllegalArgumentException("nobody queries without a token");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a line of the log is one line");
    }
  }
}
