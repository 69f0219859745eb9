package io.simplejwt.session;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.simplejwt.account.SessionsMustEnd;
import io.simplejwt.session.Session.Ended;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.store.Schema;
import io.simplejwt.store.TimeOrderedId;
import io.simplejwt.token.RevocationList;
import io.simplejwt.token.TokenVerifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Opens and ends sessions, and keeps the revocation list in step with the store. */
@ApplicationScoped
public class Sessions {
  private static final Logger LOG = Logger.getLogger(Sessions.class);

  private static final Duration LONGEST = Duration.ofDays(3650);

  private final SessionStore store;
  private final RevocationList revocations;
  private final Event<SessionsEnded> sessionsEnded;
  private final SessionConfig config;
  private final Clock clock;

  Sessions(
      SessionStore store,
      RevocationList revocations,
      Event<SessionsEnded> sessionsEnded,
      SessionConfig config,
      Clock clock) {
    this.store = store;
    this.revocations = revocations;
    this.sessionsEnded = sessionsEnded;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes @Priority(Schema.READY) StartupEvent start) {
    if (config.lifetime().compareTo(Duration.ofMinutes(1)) < 0) {
      throw new BadSetting(
          "SESSION_LIFETIME",
          "is " + config.lifetime().toSeconds() + " s",
          "use a minute or more, as in 14d");
    }
    if (config.lifetime().compareTo(LONGEST) > 0) {
      throw new BadSetting(
          "SESSION_LIFETIME", "is " + config.lifetime().toDays() + " days", "use 3650d at most");
    }
    addAll(store.endedWithTokens(clock.instant().minus(TokenVerifier.LEEWAY)));
    revocations.complete();
  }

  /** Within a transaction that holds the account. */
  public Session open(String accountId, Duration tokenLifetime) {
    Instant now = clock.instant();
    Instant end = now.plus(config.lifetime());
    Instant tokenEnd = now.plus(tokenLifetime);
    Session session =
        new Session(
            TimeOrderedId.at(now), accountId, now, end, tokenEnd.isBefore(end) ? tokenEnd : end);
    store.insert(session);
    return session;
  }

  /** In the transaction that changes the account. */
  void end(@Observes SessionsMustEnd event) {
    sessionsEnded.fire(
        new SessionsEnded(store.endAll(event.accountId(), event.survivor(), clock.instant())));
  }

  /** Not before that is on disk: what is rolled back has ended nothing. */
  void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsEnded event) {
    addAll(event.sessions());
  }

  @Scheduled(every = "1h", delayed = "1m")
  void forgetExpired() {
    Instant past = clock.instant().minus(TokenVerifier.LEEWAY);
    revocations.forgetExpired(past);
    LOG.debugf("Forgot %d expired sessions", store.deleteExpired(past));
  }

  private void addAll(List<Ended> ended) {
    ended.forEach(session -> revocations.add(session.id(), session.tokensExpireAt()));
  }

  record SessionsEnded(List<Ended> sessions) {}
}
