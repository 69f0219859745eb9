package io.simplejwt.account;

import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.Database;
import io.simplejwt.store.PageRequest;
import io.simplejwt.store.TimeOrderedId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be done to accounts. Whoever calls has checked that the caller may. */
@ApplicationScoped
public class Accounts {
  private final AccountStore store;
  private final Database database;
  private final PasswordPolicy policy;
  private final Event<SessionsMustEnd> sessionsMustEnd;
  private final Event<PasswordWasReset> passwordWasReset;
  private final Audit audit;
  private final Clock clock;

  Accounts(
      AccountStore store,
      Database database,
      PasswordPolicy policy,
      Event<SessionsMustEnd> sessionsMustEnd,
      Event<PasswordWasReset> passwordWasReset,
      Audit audit,
      Clock clock) {
    this.store = store;
    this.database = database;
    this.policy = policy;
    this.sessionsMustEnd = sessionsMustEnd;
    this.passwordWasReset = passwordWasReset;
    this.audit = audit;
    this.clock = clock;
  }

  /** Nothing where the email is taken; refused where the password cannot be used. */
  public Optional<StoredPassword> create(
      Email email, String password, Set<Role> roles, boolean verified, Place place, Origin origin) {
    requireAcceptable(password, email);
    Instant now = clock.instant();
    Account account =
        new Account(
            TimeOrderedId.at(now),
            email,
            verified,
            roles,
            false,
            0,
            now.truncatedTo(ChronoUnit.SECONDS)); // as the store keeps it
    String hash = place.hash(password);
    return database.inTransaction(() -> insert(account, hash, origin))
        ? Optional.of(new StoredPassword(account, hash))
        : Optional.empty();
  }

  private boolean insert(Account account, String hash, Origin origin) {
    boolean free = store.insert(account, hash);
    if (free) {
      audit.record(AuditEvent.of(Kind.ACCOUNT_CREATED, account.id(), origin));
    }
    return free;
  }

  public Account get(String id) {
    return find(id).orElseThrow(Accounts::unknown);
  }

  public Optional<Account> find(String id) {
    // Whatever else stands in a path is no id, and some of it no text that a database takes.
    return Optional.of(id).filter(TimeOrderedId::isOne).flatMap(store::find);
  }

  public Optional<StoredPassword> passwordOf(Email email) {
    return store.passwordByEmail(email);
  }

  public StoredPassword passwordById(String id) {
    return store.passwordById(id).orElseThrow(Accounts::unknown);
  }

  List<Account> page(PageRequest request) {
    return store.page(request.after().orElse(""), request.rowsToRead());
  }

  boolean hasAdministrator() {
    return store.hasAdministratorBeside("");
  }

  /** Sets what is given, and ends the account's sessions where that changes anything. */
  Account change(String id, Optional<Set<Role>> roles, Optional<Boolean> disabled, Origin origin) {
    return database.inTransaction(
        () -> {
          store.holdAdministrators();
          Account old = get(id);
          Set<Role> newRoles = roles.orElse(old.roles());
          boolean newDisabled = disabled.orElse(old.disabled());
          if (newRoles.equals(old.roles()) && newDisabled == old.disabled()) {
            return old;
          }
          if (newDisabled || !newRoles.contains(Role.ADMIN)) {
            requireOtherAdministrator(old);
          }
          store.update(id, newRoles, newDisabled);
          endSessions(id, Optional.empty());
          auditChange(old, newRoles, newDisabled, origin);
          return get(id);
        });
  }

  private void auditChange(Account old, Set<Role> roles, boolean disabled, Origin origin) {
    if (disabled != old.disabled()) {
      Kind kind = disabled ? Kind.ACCOUNT_DISABLED : Kind.ACCOUNT_ENABLED;
      audit.record(AuditEvent.of(kind, old.id(), origin));
    }
    if (!roles.equals(old.roles())) {
      String names = roles.stream().map(Role::wireName).sorted().collect(Collectors.joining(", "));
      audit.record(new AuditEvent(Kind.ROLES_CHANGED, Optional.of(old.id()), names, origin));
    }
  }

  void delete(String id, Origin origin) {
    database.inTransaction(
        () -> {
          store.holdAdministrators();
          requireOtherAdministrator(get(id));
          store.delete(id);
          endSessions(id, Optional.empty());
          audit.record(AuditEvent.of(Kind.ACCOUNT_DELETED, id, origin));
          return null;
        });
  }

  /** An administrator's reset: ends every session of the account. */
  void resetPassword(String id, String password, Place place, Origin origin) {
    Account account = get(id);
    setPassword(account, password, Optional.empty(), place, origin);
  }

  /** The owner's change, who has told the old password: ends every session but this one. */
  public void changePassword(
      Account account, String sessionId, String password, Place place, Origin origin) {
    setPassword(account, password, Optional.of(sessionId), place, origin);
  }

  /** Within a transaction: keeps the account as it is until the end, or says that it changed. */
  public boolean hold(Account seen) {
    return store.hold(seen);
  }

  /** Hashes a password anew, which was right just now, where hashes have become dearer since. */
  public void refreshHash(StoredPassword stored, String password, Place place) {
    if (place.isOutdated(stored)) {
      store.rehash(stored.account(), place.hash(password));
    }
  }

  private void setPassword(
      Account account, String password, Optional<String> survivor, Place place, Origin origin) {
    requireAcceptable(password, account.email());
    String hash = place.hash(password);
    database.inTransaction(
        () -> {
          if (!store.setPassword(account, hash)) {
            throw Problem.of(Reason.CONFLICT, "The account was changed meanwhile; look and retry")
                .exception();
          }
          endSessions(account.id(), survivor);
          if (survivor.isEmpty()) {
            passwordWasReset.fire(new PasswordWasReset(account.email()));
          }
          audit.record(AuditEvent.of(Kind.PASSWORD_CHANGED, account.id(), origin));
          return null;
        });
  }

  private void endSessions(String id, Optional<String> survivor) {
    sessionsMustEnd.fire(new SessionsMustEnd(id, survivor));
  }

  private void requireAcceptable(String password, Email email) {
    policy
        .objection(password, email)
        .ifPresent(
            objection -> {
              throw Problem.of(Reason.UNACCEPTABLE_PASSWORD, objection).exception();
            });
  }

  private void requireOtherAdministrator(Account account) {
    boolean administers = account.roles().contains(Role.ADMIN) && !account.disabled();
    if (administers && !store.hasAdministratorBeside(account.id())) {
      throw Problem.of(Reason.LAST_ADMINISTRATOR, "Make another account an administrator first")
          .exception();
    }
  }

  private static RuntimeException unknown() {
    return Problem.of(Reason.NOT_FOUND, "There is no such account").exception();
  }
}
