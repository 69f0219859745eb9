package io.simplejwt.session;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.simplejwt.account.Account;
import io.simplejwt.account.Role;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.session.Session.Chain;
import io.simplejwt.session.Session.Ends;
import io.simplejwt.session.Session.Use;
import io.simplejwt.setting.DurationBounds;
import io.simplejwt.store.Schema;
import io.simplejwt.store.TimeOrderedId;
import io.simplejwt.token.TokenIssuer;
import io.simplejwt.token.TokenIssuer.Subject;
import io.simplejwt.token.TokenVerifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Opens sessions, says how long they last, and forgets those that are over. */
@ApplicationScoped
public class Sessions {
  private static final Logger LOG = Logger.getLogger(Sessions.class);

  private final SessionStore store;
  private final TokenIssuer issuer;
  private final Audit audit;
  private final SessionConfig config;
  private final Clock clock;
  private volatile boolean started;

  Sessions(SessionStore store, TokenIssuer issuer, Audit audit, SessionConfig config, Clock clock) {
    this.store = store;
    this.issuer = issuer;
    this.audit = audit;
    this.config = config;
    this.clock = clock;
  }

  void check(@Observes @Priority(2) StartupEvent start) {
    Duration shortest = Duration.ofMinutes(1);
    DurationBounds.require("SESSION_LIFETIME", config.lifetime(), shortest);
    DurationBounds.require("SESSION_IDLE", config.idle(), shortest);
  }

  void start(@Observes @Priority(Schema.READY) StartupEvent start) {
    started = true;
  }

  /** Signs in: within a transaction that holds the account. */
  public TokenAnswer open(Account account, Origin origin) {
    Instant now = clock.instant();
    Instant end = now.plus(config.lifetime());
    RefreshToken refresh = RefreshToken.first();
    Session session =
        new Session(
            TimeOrderedId.at(now),
            account.id(),
            now,
            end,
            ends(now, end),
            new Use(now, origin.address()),
            new Chain(refresh.chainHash(), refresh.hash(), Optional.empty(), Optional.empty()),
            false);
    store.insert(session);
    audit.record(AuditEvent.of(Kind.SIGN_IN, account.id(), origin));
    return answer(account, session.id(), session.ends(), refresh, now);
  }

  /** How many there are on all accounts; takes a tenth of a second where they are a million. */
  public long countLiving() {
    return store.countLiving(clock.instant());
  }

  /**
   * When tokens expire that are issued now. A refresh token is good for as long as the access token
   * beside it, however short idling is: else it would always come too late.
   */
  Ends ends(Instant now, Instant sessionEnd) {
    Instant token = earlier(now.plus(issuer.lifetime()), sessionEnd);
    Instant idle = earlier(now.plus(config.idle()), sessionEnd);
    return new Ends(token, idle.isBefore(token) ? token : idle);
  }

  /** An access token that speaks of the account as it is now, beside the refresh token. */
  TokenAnswer answer(
      Account account, String sessionId, Ends ends, RefreshToken refresh, Instant now) {
    Set<String> roles =
        account.roles().stream().map(Role::wireName).collect(Collectors.toUnmodifiableSet());
    Subject subject =
        new Subject(account.id(), account.email().written(), account.emailVerified(), roles);
    String token = issuer.issue(subject, sessionId, now, ends.tokensExpireAt());
    return new TokenAnswer(
        token,
        "Bearer",
        seconds(now, ends.tokensExpireAt()),
        refresh.text(),
        seconds(now, ends.refreshExpiresAt()));
  }

  @Scheduled(every = "5s", delayed = "10s", concurrentExecution = SKIP)
  void eraseSealed() {
    if (!started) { // the scheduler does not wait until there are tables
      return;
    }
    // By the clock of whichever replica comes first: the others' may be slower.
    store.eraseSealed(
        clock.instant().minus(Session.GRACE.plus(TokenVerifier.LEEWAY).multipliedBy(2)));
  }

  @Scheduled(every = "1h", delayed = "1m")
  void forgetExpired() {
    LOG.debugf(
        "Forgot %d expired sessions",
        store.deleteExpired(clock.instant().minus(TokenVerifier.LEEWAY)));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }
}
