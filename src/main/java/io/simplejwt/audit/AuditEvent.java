package io.simplejwt.audit;

import io.simplejwt.store.TimeOrderedId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that happened.
 *
 * <p>Takes nothing but identifiers of ours, addresses and words of our own: whatever a caller sent,
 * none of it can reach the table or forge a line of the log.
 *
 * @param account whom it concerns, where that is known
 * @param detail why, or what exactly; may be empty
 */
public record AuditEvent(Kind kind, Optional<String> account, String detail, Origin origin) {
  private static final Pattern WORDS = Pattern.compile("[a-z][a-z, -]{0,99}|");

  public AuditEvent {
    Objects.requireNonNull(kind);
    requireId(account);
    requireId(origin.actor());
    if (!WORDS.matcher(detail).matches()) {
      throw new IllegalArgumentException("a detail is made of words of our own");
    }
  }

  public static AuditEvent of(Kind kind, String account, Origin origin) {
    return new AuditEvent(kind, Optional.of(account), "", origin);
  }

  private static void requireId(Optional<String> id) {
    if (id.isPresent() && !TimeOrderedId.isOne(id.get())) {
      throw new IllegalArgumentException("not an account's id");
    }
  }

  /** The names are stored: they never change. */
  public enum Kind {
    SIGN_IN,
    /**
     * A sign-in, a refresh, a change of password or a call that was refused; the detail says why.
     */
    REFUSAL,
    REFRESH,
    /** A lost answer, given again: to another address than the first time. */
    REFRESH_ELSEWHERE,
    /** A refresh token that had been exchanged already: somebody has a copy. Ends the session. */
    REUSE,
    LOGOUT,
    /** By its owner from another session, or by an administrator. */
    SESSION_ENDED,
    /** By another service. */
    REVOCATION,
    ACCOUNT_CREATED,
    ACCOUNT_DELETED,
    ACCOUNT_DISABLED,
    ACCOUNT_ENABLED,
    /** The detail lists the roles. */
    ROLES_CHANGED,
    PASSWORD_CHANGED,
    /** By an administrator; what the service rotates by itself is in the log. */
    KEYS_ROTATED,
    /** A statement of {@code POST /query}, which is told by {@link AuditedStatement}. */
    QUERY;

    /** As in {@code sign-in}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
