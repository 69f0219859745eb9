package io.simplejwt.login;

import io.simplejwt.account.Account;
import io.simplejwt.account.Accounts;
import io.simplejwt.account.Email;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.account.Role;
import io.simplejwt.account.SignUpConfig;
import io.simplejwt.account.StoredPassword;
import io.simplejwt.session.Session;
import io.simplejwt.session.Sessions;
import io.simplejwt.store.Database;
import io.simplejwt.token.TokenIssuer;
import io.simplejwt.token.TokenIssuer.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks credentials and opens a session.
 *
 * <p>Every refusal has cost one hash, whatever was wrong, and says the same. No connection is held
 * while hashing; an account that changes between the check and the session's opening refuses too.
 */
@ApplicationScoped
class SignIn {
  private final Accounts accounts;
  private final Sessions sessions;
  private final TokenIssuer issuer;
  private final Database database;
  private final SignUpConfig signUp;

  SignIn(
      Accounts accounts,
      Sessions sessions,
      TokenIssuer issuer,
      Database database,
      SignUpConfig signUp) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.issuer = issuer;
    this.database = database;
    this.signUp = signUp;
  }

  Outcome attempt(Credentials credentials, Place place) {
    Optional<Email> email = Email.parse(credentials.email());
    if (email.isEmpty()) {
      place.matchesNothing();
      return signUp.open() ? new Outcome.NotAnEmail() : new Outcome.Refused();
    }
    Optional<StoredPassword> known = accounts.passwordOf(email.get());
    if (known.isEmpty() && signUp.open()) {
      return signUp(email.get(), credentials, place);
    }
    return check(known, credentials, place);
  }

  /** An email never seen becomes an account; where somebody else was faster, theirs counts. */
  private Outcome signUp(Email email, Credentials credentials, Place place) {
    return accounts
        .create(email, credentials.password(), Set.of(), false, place)
        .map(made -> open(made.account()))
        .orElseGet(() -> check(accounts.passwordOf(email), credentials, place));
  }

  private Outcome check(Optional<StoredPassword> known, Credentials credentials, Place place) {
    if (known.isEmpty()) {
      place.matchesNothing();
      return new Outcome.Refused();
    }
    StoredPassword stored = known.get();
    if (!place.matches(credentials.password(), stored) || stored.account().disabled()) {
      return new Outcome.Refused();
    }
    accounts.refreshHash(stored, credentials.password(), place);
    return open(stored.account());
  }

  private Outcome open(Account account) {
    Optional<Session> session =
        database.inTransaction(
            () ->
                accounts.hold(account)
                    ? Optional.of(sessions.open(account.id(), issuer.lifetime()))
                    : Optional.empty());
    return session
        .<Outcome>map(opened -> signedIn(account, opened))
        .orElseGet(Outcome.Refused::new);
  }

  private Outcome signedIn(Account account, Session session) {
    Set<String> roles =
        account.roles().stream().map(Role::wireName).collect(Collectors.toUnmodifiableSet());
    Subject subject =
        new Subject(account.id(), account.email().written(), account.emailVerified(), roles);
    String token =
        issuer.issue(subject, session.id(), session.createdAt(), session.tokensExpireAt());
    return new Outcome.SignedIn(
        token, Duration.between(session.createdAt(), session.tokensExpireAt()));
  }

  /** What came of an attempt. */
  sealed interface Outcome {
    record SignedIn(String token, Duration life) implements Outcome {
      @Override
      public String toString() {
        return "SignedIn[***]";
      }
    }

    /** Wrong, whatever was wrong. */
    record Refused() implements Outcome {}

    /** Only with open sign-up, where the email would have become an account. */
    record NotAnEmail() implements Outcome {}
  }
}
