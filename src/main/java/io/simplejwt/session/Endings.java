package io.simplejwt.session;

import io.simplejwt.account.SessionsMustEnd;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The one door by which sessions end before their time. */
@ApplicationScoped
class Endings {
  private final SessionStore store;
  private final Database database;
  private final Audit audit;
  private final Event<Ended> ended;
  private final Clock clock;

  Endings(SessionStore store, Database database, Audit audit, Event<Ended> ended, Clock clock) {
    this.store = store;
    this.database = database;
    this.audit = audit;
    this.ended = ended;
    this.clock = clock;
  }

  /** False where this account has no such session, or it has ended already. */
  boolean end(String sessionId, String accountId, Kind why, Origin origin) {
    return database.inTransaction(
        () -> {
          Optional<Session.Ended> session = store.end(sessionId, accountId, clock.instant());
          session.ifPresent(
              found -> {
                tell(List.of(found));
                audit.record(AuditEvent.of(why, accountId, origin));
              });
          return session.isPresent();
        });
  }

  /** Ends all sessions of the account, or all but one. */
  void endAll(String accountId, Optional<String> survivor, Origin origin) {
    database.inTransaction(
        () -> {
          List<Session.Ended> sessions = store.endAll(accountId, survivor, clock.instant());
          if (!sessions.isEmpty()) {
            tell(sessions);
            audit.record(AuditEvent.of(Kind.SESSION_ENDED, accountId, origin));
          }
          return null;
        });
  }

  /** In the transaction that changes the account, which is what is audited. */
  void end(@Observes SessionsMustEnd event) {
    tell(store.endAll(event.accountId(), event.survivor(), clock.instant()));
  }

  /** Not before that is on disk: what is rolled back has ended nothing. */
  private void tell(List<Session.Ended> sessions) {
    database.afterCommit(() -> ended.fire(new Ended(sessions)));
  }

  record Ended(List<Session.Ended> sessions) {
    Ended {
      sessions = List.copyOf(sessions);
    }
  }
}
