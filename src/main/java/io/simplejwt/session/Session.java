package io.simplejwt.session;

import java.time.Instant;
import java.util.Objects;

/**
 * One sign-in of one account.
 *
 * @param tokensExpireAt when the last token of this session will have expired; until then the
 *     revocation list must know that the session has ended
 */
public record Session(
    String id, String accountId, Instant createdAt, Instant expiresAt, Instant tokensExpireAt) {
  public Session {
    Objects.requireNonNull(id);
    Objects.requireNonNull(accountId);
    Objects.requireNonNull(createdAt);
    Objects.requireNonNull(expiresAt);
    Objects.requireNonNull(tokensExpireAt);
  }

  /** An ended session, as far as the revocation list cares. */
  record Ended(String id, Instant tokensExpireAt) {}
}
