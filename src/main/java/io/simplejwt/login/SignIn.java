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
import io.simplejwt.login.Guesses.Guess;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.session.Sessions;
import io.simplejwt.session.TokenAnswer;
import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * Checks credentials and opens a session.
 *
 * <p>Every refusal has cost one hash, whatever was wrong, and says the same; but one for too many
 * guesses, which costs none. No connection is held while hashing; an account that changes between
 * the check and the session's opening refuses too.
 */
@ApplicationScoped
class SignIn {
  private static final Optional<String> UNKNOWN = Optional.empty();

  private final Accounts accounts;
  private final Guesses guesses;
  private final Sessions sessions;
  private final Database database;
  private final Audit audit;
  private final SignUpConfig signUp;

  SignIn(
      Accounts accounts,
      Guesses guesses,
      Sessions sessions,
      Database database,
      Audit audit,
      SignUpConfig signUp) {
    this.accounts = accounts;
    this.guesses = guesses;
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
    try (Guess guess = guesses.admit(email.get(), origin)) {
      return attempt(new Attempt(email.get(), credentials.password(), place, guess, origin));
    }
  }

  private Outcome attempt(Attempt attempt) {
    Optional<StoredPassword> known = accounts.passwordOf(attempt.email);
    return known.isEmpty() && signUp.open() ? signUp(attempt) : check(known, attempt);
  }

  /** An email never seen becomes an account; where somebody else was faster, theirs counts. */
  private Outcome signUp(Attempt attempt) {
    return make(attempt)
        .map(made -> open(made.account(), attempt))
        .orElseGet(() -> check(accounts.passwordOf(attempt.email), attempt));
  }

  private Optional<StoredPassword> make(Attempt attempt) {
    try {
      return accounts.create(
          attempt.email, attempt.password, Set.of(), false, attempt.place, attempt.origin);
    } catch (ProblemException refused) { // a password that nobody may choose is no guess at one
      guesses.untried(attempt.guess);
      throw refused;
    }
  }

  private Outcome check(Optional<StoredPassword> known, Attempt attempt) {
    if (known.isEmpty()) {
      attempt.place.matchesNothing();
      return refused(UNKNOWN, "unknown email", attempt.origin);
    }
    StoredPassword stored = known.get();
    Optional<String> account = Optional.of(stored.account().id());
    if (!attempt.place.matches(attempt.password, stored)) {
      return refused(account, "wrong password", attempt.origin);
    }
    if (stored.account().disabled()) {
      return refused(account, "account disabled", attempt.origin);
    }
    accounts.refreshHash(stored, attempt.password, attempt.place);
    return open(stored.account(), attempt);
  }

  private Outcome open(Account account, Attempt attempt) {
    Optional<TokenAnswer> answer =
        database.inTransaction(
            () -> {
              if (!accounts.hold(account)) {
                return Optional.empty();
              }
              guesses.right(attempt.guess, account);
              return Optional.of(sessions.open(account, attempt.origin));
            });
    return answer
        .<Outcome>map(Outcome.SignedIn::new)
        .orElseGet(
            () -> refused(Optional.of(account.id()), "account changed meanwhile", attempt.origin));
  }

  private Outcome refused(Optional<String> account, String why, Origin origin) {
    audit.refused(new AuditEvent(Kind.REFUSAL, account, why, origin));
    return new Outcome.Refused();
  }

  private record Attempt(Email email, String password, Place place, Guess guess, Origin origin) {
    @Override
    public String toString() {
      return "Attempt[***]";
    }
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
