package io.simplejwt.account;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import io.quarkus.runtime.StartupEvent;
import io.simplejwt.setting.BadSetting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which passwords may be chosen (NIST SP 800-63B-4 §3.1.1.2): long ones that nobody would guess
 * first. No rule of composition, no expiry.
 */
@ApplicationScoped
public class PasswordPolicy {
  /** Below this minimum the operator wants toy passwords, and gets them. */
  private static final int BLOCKLIST_FROM = 8;

  private static final int HIGHEST_MINIMUM = 64;
  // zxcvbn's scale of 0 to 4: 0 and 1 are what an attacker tries first, below a million guesses.
  private static final int TOO_GUESSABLE = 1;
  // Its work grows with the cube of the length; what makes a password guessable shows before this.
  private static final int MEASURED = 64;

  private final int minLength;

  PasswordPolicy(PasswordConfig config) {
    minLength = config.minLength();
  }

  void check(@Observes @Priority(2) StartupEvent start) {
    if (minLength < 1 || minLength > HIGHEST_MINIMUM) {
      throw new BadSetting(
          "PASSWORD_MIN_LENGTH", "is " + minLength, "use a number from 1 to " + HIGHEST_MINIMUM);
    }
  }

  /** Why this password cannot be chosen for this account, or nothing where it can. */
  public Optional<String> objection(String password, Email email) {
    Optional<PasswordText> text = PasswordText.of(password);
    if (text.isEmpty()) {
      return Optional.of(
          "The password has more than "
              + PasswordText.LONGEST
              + " characters or some that are no Unicode text");
    }
    if (text.get().length() < minLength) {
      return Optional.of(
          "The password has "
              + text.get().length()
              + " characters, it needs "
              + minLength
              + " at least; a few unrelated words are easy to remember");
    }
    return minLength < BLOCKLIST_FROM ? Optional.empty() : blocked(text.get(), email);
  }

  private Optional<String> blocked(PasswordText text, Email email) {
    String password = text.normalised();
    String measured = password.substring(0, Math.min(MEASURED, password.length()));
    Strength strength = Dictionaries.ZXCVBN.measure(measured, expected(email));
    if (strength.getScore() > TOO_GUESSABLE) {
      return Optional.empty();
    }
    String warning = strength.getFeedback().getWarning(Locale.ROOT);
    return Optional.of(
        "The password is among the first that would be guessed: "
            + (warning.isEmpty() ? "it is built of common or repeated parts" : warning));
  }

  /** What somebody who knows the account would try: NIST's "context-specific words". */
  private static List<String> expected(Email email) {
    int at = email.key().indexOf('@');
    return List.of(
        email.key(), email.key().substring(0, at), email.key().substring(at + 1), "simple-jwt-api");
  }

  /** Read when the first password is chosen: ten megabytes of heap, for what is rare. */
  private static final class Dictionaries {
    static final Zxcvbn ZXCVBN = new Zxcvbn();
  }
}
