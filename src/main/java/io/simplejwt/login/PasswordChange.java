package io.simplejwt.login;

import io.simplejwt.account.Account;
import io.simplejwt.account.Accounts;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.account.StoredPassword;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.login.Guesses.Guess;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The owner's change of a password. The old one is a guess like one at {@code POST /auth}: a stolen
 * token must not be a way to try passwords.
 */
@ApplicationScoped
class PasswordChange {
  private final Accounts accounts;
  private final Guesses guesses;
  private final Database database;
  private final Audit audit;

  PasswordChange(Accounts accounts, Guesses guesses, Database database, Audit audit) {
    this.accounts = accounts;
    this.guesses = guesses;
    this.database = database;
    this.audit = audit;
  }

  /** For the account that asks, whose session goes on while its others end. */
  Account attempt(String current, String password, String session, Place place, Origin origin) {
    StoredPassword stored = accounts.passwordById(origin.actor().orElseThrow());
    Account account = stored.account();
    try (Guess guess = guesses.admit(account.email(), origin)) {
      if (!place.matches(current, stored)) {
        audit.refused(
            new AuditEvent(
                Kind.REFUSAL, Optional.of(account.id()), "wrong current password", origin));
        throw Problem.of(Reason.WRONG_PASSWORD, "Send the account's password as \"current\"")
            .exception();
      }
      tell(guess, account);
      accounts.changePassword(account, session, password, place, origin);
      return account;
    }
  }

  private void tell(Guess guess, Account account) {
    database.inTransaction(
        () -> {
          if (accounts.hold(account)) {
            guesses.right(guess, account);
          }
          return null;
        });
  }
}
