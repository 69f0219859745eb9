package io.simplejwt.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One sign-in of one account.
 *
 * @param expiresAt whatever happens
 * @param ends of what has been issued last
 * @param use the sign-in or the last refresh
 * @param ended before its time
 */
record Session(
    String id,
    String accountId,
    Instant createdAt,
    Instant expiresAt,
    Ends ends,
    Use use,
    Chain chain,
    boolean ended) {
  /** Long enough for a second tab and for a client whose answer was lost. */
  static final Duration GRACE = Duration.ofSeconds(10);

  Session {
    Objects.requireNonNull(id);
    Objects.requireNonNull(accountId);
    Objects.requireNonNull(createdAt);
    Objects.requireNonNull(expiresAt);
    Objects.requireNonNull(ends);
    Objects.requireNonNull(use);
    Objects.requireNonNull(chain);
  }

  /** Whether its refresh token can still be used. */
  boolean canRefresh(Instant now) {
    return !ended && now.isBefore(ends.refreshExpiresAt());
  }

  boolean expects(RefreshToken token) {
    return token.hash().equals(chain.active());
  }

  /** Whether this token was exchanged for the active one, and that just now. */
  boolean justExchanged(RefreshToken token, Instant now) {
    return chain.parent().filter(token.hash()::equals).isPresent()
        && !now.isAfter(use.at().plus(GRACE));
  }

  /**
   * When what has been issued last expires.
   *
   * @param tokensExpireAt when the last access token of this session will have; until then the
   *     revocation list must know that the session has ended
   */
  record Ends(Instant tokensExpireAt, Instant refreshExpiresAt) {}

  record Use(Instant at, String address) {}

  /** Digests of the chain, of its valid token, of that one's parent; and the valid one, sealed. */
  record Chain(String hash, String active, Optional<String> parent, Optional<String> sealedChild) {}

  /** An ended session, as far as the revocation list and the audit care. */
  record Ended(String id, String accountId, Instant tokensExpireAt) {}
}
