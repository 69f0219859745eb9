package io.simplejwt.session;

import io.simplejwt.token.Bearer;
import io.simplejwt.token.Claims;
import io.simplejwt.token.Verdict;
import io.simplejwt.token.Verdict.Valid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** What a token of either kind is of. Their forms differ, so that no hint is needed. */
@ApplicationScoped
class TokenSessions {
  private final Bearer bearer;
  private final SessionStore store;
  private final Clock clock;

  TokenSessions(Bearer bearer, SessionStore store, Clock clock) {
    this.bearer = bearer;
    this.store = store;
    this.clock = clock;
  }

  /** What may be told of the token, if it is in force. */
  TokenState state(String text) {
    Verdict verdict = bearer.judge(text);
    if (verdict instanceof Valid valid) {
      return TokenState.of(valid.claims());
    }
    return RefreshToken.parse(text)
        .flatMap(token -> store.of(token).filter(session -> session.expects(token)))
        .filter(session -> session.canRefresh(clock.instant()))
        .map(TokenState::of)
        .orElse(TokenState.INACTIVE);
  }

  /** The session that the token can end: an access token in force, any refresh token it had. */
  Optional<Owned> session(String text) {
    if (bearer.judge(text) instanceof Valid valid) {
      return Optional.of(Owned.by(valid.claims()));
    }
    return RefreshToken.parse(text)
        .flatMap(store::of)
        .map(session -> new Owned(session.id(), session.accountId()));
  }

  record Owned(String sessionId, String accountId) {
    static Owned by(Claims claims) {
      return new Owned(claims.sessionId(), claims.accountId());
    }
  }
}
