package io.simplejwt.login;

import io.simplejwt.account.Account;
import io.simplejwt.account.Accounts;
import io.simplejwt.account.Email;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.account.SignUpConfig;
import io.simplejwt.account.StoredPassword;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.session.Sessions;
import io.simplejwt.session.TokenAnswer;
import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * Checks credentials and opens a session.
 *
 * <p>Every refusal has cost one hash, whatever was wrong, and says the same. No connection is held
 * while hashing; an account that changes between the check and the session's opening refuses too.
 */
@ApplicationScoped
class SignIn {
  private static final Optional<String> UNKNOWN = Optional.empty();

  private final Accounts accounts;
  private final Sessions sessions;
  private final Database database;
  private final Audit audit;
  private final SignUpConfig signUp;

  SignIn(
      Accounts accounts, Sessions sessions, Database database, Audit audit, SignUpConfig signUp) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.database = database;
    this.audit = audit;
    this.signUp = signUp;
  }

  Outcome attempt(Credentials credentials, Place place, Origin origin) {
    Optional<Email> email = Email.parse(credentials.email());
    if (email.isEmpty()) {
      place.matchesNothing();
      return signUp.open() ? new Outcome.NotAnEmail() : refused(UNKNOWN, "unknown email", origin);
    }
    Optional<StoredPassword> known = accounts.passwordOf(email.get());
    if (known.isEmpty() && signUp.open()) {
      return signUp(email.get(), credentials, place, origin);
    }
    return check(known, credentials, place, origin);
  }

  /** An email never seen becomes an account; where somebody else was faster, theirs counts. */
  private Outcome signUp(Email email, Credentials credentials, Place place, Origin origin) {
    return accounts
        .create(email, credentials.password(), Set.of(), false, place, origin)
        .map(made -> open(made.account(), origin))
        .orElseGet(() -> check(accounts.passwordOf(email), credentials, place, origin));
  }

  private Outcome check(
      Optional<StoredPassword> known, Credentials credentials, Place place, Origin origin) {
    if (known.isEmpty()) {
      place.matchesNothing();
      return refused(UNKNOWN, "unknown email", origin);
    }
    StoredPassword stored = known.get();
    Optional<String> account = Optional.of(stored.account().id());
    if (!place.matches(credentials.password(), stored)) {
      return refused(account, "wrong password", origin);
    }
    if (stored.account().disabled()) {
      return refused(account, "account disabled", origin);
    }
    accounts.refreshHash(stored, credentials.password(), place);
    return open(stored.account(), origin);
  }

  private Outcome open(Account account, Origin origin) {
    Optional<TokenAnswer> answer =
        database.inTransaction(
            () ->
                accounts.hold(account)
                    ? Optional.of(sessions.open(account, origin))
                    : Optional.empty());
    return answer
        .<Outcome>map(Outcome.SignedIn::new)
        .orElseGet(() -> refused(Optional.of(account.id()), "account changed meanwhile", origin));
  }

  private Outcome refused(Optional<String> account, String why, Origin origin) {
    audit.refused(new AuditEvent(Kind.REFUSAL, account, why, origin));
    return new Outcome.Refused();
  }

  /** What came of an attempt. */
  sealed interface Outcome {
    record SignedIn(TokenAnswer answer) implements Outcome {}

    /** Wrong, whatever was wrong. */
    record Refused() implements Outcome {}

    /** Only with open sign-up, where the email would have become an account. */
    record NotAnEmail() implements Outcome {}
  }
}
