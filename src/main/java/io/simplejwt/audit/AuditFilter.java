package io.simplejwt.audit;

import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.TimeOrderedId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which entries of the audit are wanted. Ids are made of the time at which their row began, so a
 * range of times is a range of ids.
 *
 * @param from the first time that is wanted
 * @param to the first one that is not
 */
record AuditFilter(
    Optional<String> account, Optional<String> kind, Optional<Instant> from, Optional<Instant> to) {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /** Of a call's parameters, null where the call has none. */
  static AuditFilter of(String account, String kind, String from, String to) {
    if (account != null && !TimeOrderedId.isOne(account)) {
      throw bad("account must be an account's id");
    }
    if (kind != null && Stream.of(Kind.values()).noneMatch(one -> one.wireName().equals(kind))) {
      throw bad("kind must be one of " + kinds());
    }
    return new AuditFilter(
        Optional.ofNullable(account),
        Optional.ofNullable(kind),
        time("from", from),
        time("to", to));
  }

  Optional<String> firstId() {
    return from.map(TimeOrderedId::firstAt);
  }

  /** The first one beyond. */
  Optional<String> endId() {
    return to.map(TimeOrderedId::firstAt);
  }

  private static Optional<Instant> time(String name, String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
        return Optional.of(time);
      }
    } catch (DateTimeParseException e) {
      // as a time that no id can have
    }
    throw bad(name + " must be a time since 1970, as in 2026-11-21T12:00:00Z");
  }

  private static String kinds() {
    return Stream.of(Kind.values()).map(Kind::wireName).collect(Collectors.joining(", "));
  }

  private static RuntimeException bad(String why) {
    return Problem.of(Reason.INVALID_REQUEST, why).exception();
  }
}
