package io.simplejwt.session;

import io.simplejwt.account.Account;
import io.simplejwt.account.Accounts;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.session.Session.Chain;
import io.simplejwt.session.Session.Ends;
import io.simplejwt.session.Session.Use;
import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Exchanges a refresh token for new tokens (RFC 9700 §4.14.2).
 *
 * <p>Each token is good for one exchange, by one compare-and-set of its digest in the session's
 * row: of a hundred at once, one makes the child. The others, a second tab, and a client that asks
 * again since the answer was lost (or the service ended between commit and answer) hold the parent
 * of the active token, and for {@link Session#GRACE} get the same child again. After that, and for
 * any older token, somebody has a copy who should not: the session ends, for both.
 *
 * <p>The account is read before the compare-and-set. Whatever changes it ends its sessions in the
 * same transaction: either that comes first, and the compare-and-set finds an ended session; or it
 * waits for the row, and ends a session whose end of tokens counts the new one.
 */
@ApplicationScoped
class Refresh {
  private final SessionStore store;
  private final Sessions sessions;
  private final Endings endings;
  private final Accounts accounts;
  private final Database database;
  private final Audit audit;
  private final Clock clock;

  Refresh(
      SessionStore store,
      Sessions sessions,
      Endings endings,
      Accounts accounts,
      Database database,
      Audit audit,
      Clock clock) {
    this.store = store;
    this.sessions = sessions;
    this.endings = endings;
    this.accounts = accounts;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** Nothing where the token is not good; the audit knows why. */
  Optional<TokenAnswer> exchange(String text, Origin origin) {
    return RefreshToken.parse(text)
        .flatMap(token -> store.of(token).map(session -> exchange(session, token, origin)))
        .orElseGet(() -> refused(Optional.empty(), "unknown refresh token", origin));
  }

  private Optional<TokenAnswer> exchange(Session session, RefreshToken token, Origin origin) {
    Instant now = clock.instant();
    Optional<Account> account = accounts.find(session.accountId()).filter(a -> !a.disabled());
    if (!session.canRefresh(now) || account.isEmpty()) {
      return refused(Optional.of(session.accountId()), "session over", origin);
    }
    if (session.expects(token)) {
      return rotate(session, token, account.get(), now, origin)
          // Somebody was faster. The token is active no more, so this is done once.
          .or(() -> exchange(token.text(), origin));
    }
    return session.justExchanged(token, now)
        ? again(session, token, account.get(), now, origin)
        : reused(session, origin);
  }

  private Optional<TokenAnswer> rotate(
      Session session, RefreshToken parent, Account account, Instant now, Origin origin) {
    RefreshToken child = parent.next();
    Ends ends = sessions.ends(now, session.expiresAt());
    String sealed = SealedChild.seal(child, parent, session.id());
    Chain chain =
        new Chain(
            session.chain().hash(), child.hash(), Optional.of(parent.hash()), Optional.of(sealed));
    Use use = new Use(now, origin.address());
    boolean first =
        database.inTransaction(
            () -> {
              boolean done = store.rotate(session.id(), parent.hash(), chain, ends, use);
              if (done) {
                audit.record(AuditEvent.of(Kind.REFRESH, account.id(), origin));
              }
              return done;
            });
    return first
        ? Optional.of(sessions.answer(account, session.id(), ends, child, now))
        : Optional.empty();
  }

  /** The token beside the child ends as the first one does, as the row says: nothing to write. */
  private Optional<TokenAnswer> again(
      Session session, RefreshToken parent, Account account, Instant now, Origin origin) {
    if (!session.use().address().equals(origin.address())) {
      audit.record(AuditEvent.of(Kind.REFRESH_ELSEWHERE, account.id(), origin));
    }
    String sealed = session.chain().sealedChild().orElseThrow(); // erased well after the grace
    RefreshToken child = SealedChild.open(sealed, parent, session.id());
    return Optional.of(sessions.answer(account, session.id(), session.ends(), child, now));
  }

  private Optional<TokenAnswer> reused(Session session, Origin origin) {
    endings.end(session.id(), session.accountId(), Kind.REUSE, origin);
    return Optional.empty();
  }

  private Optional<TokenAnswer> refused(Optional<String> account, String why, Origin origin) {
    audit.refused(new AuditEvent(Kind.REFUSAL, account, why, origin));
    return Optional.empty();
  }
}
