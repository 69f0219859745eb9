package io.simplejwt.account;

import io.quarkus.runtime.StartupEvent;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.Verbatim;
import io.simplejwt.store.Schema;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Makes the administrator that {@code ADMIN_EMAIL} names, at a start that finds none. An account
 * that exists is never promoted: with sign-up open, anybody could have made it.
 */
@ApplicationScoped
class FirstAdministrator {
  private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);

  void make(
      @Observes @Priority(Schema.READY) StartupEvent start,
      AdminConfig config,
      Accounts accounts,
      HashingGate gate) {
    Optional<String> password = Verbatim.read("ADMIN_PASSWORD");
    if (config.email().isEmpty() && password.isEmpty()) {
      return;
    }
    String email = config.email().orElseThrow(() -> missing("ADMIN_EMAIL", "ADMIN_PASSWORD"));
    Email parsed = Email.parse(email).orElseThrow(FirstAdministrator::notAnEmail);
    String secret = password.orElseThrow(() -> missing("ADMIN_PASSWORD", "ADMIN_EMAIL"));
    if (accounts.hasAdministrator()) {
      return;
    }
    try (Place place = gate.enter()) {
      boolean made =
          accounts
              .create(parsed, secret, Set.of(Role.ADMIN), true, place, Origin.ITSELF)
              .isPresent();
      if (made) {
        LOG.infof("Made the administrator that ADMIN_EMAIL names");
      } else if (!accounts.hasAdministrator()) { // or another replica was faster
        LOG.warn(
            "The account of ADMIN_EMAIL exists and is no administrator; it is not promoted."
                + " Set another ADMIN_EMAIL");
      }
    } catch (ProblemException refused) {
      if (refused.problem().reason() != Reason.UNACCEPTABLE_PASSWORD) {
        throw refused;
      }
      throw new BadSetting("ADMIN_PASSWORD", "cannot be used", refused.problem().detail());
    }
  }

  private static BadSetting missing(String variable, String other) {
    return new BadSetting(variable, "is missing", other + " is set, set both or none");
  }

  private static BadSetting notAnEmail() {
    return new BadSetting(
        "ADMIN_EMAIL", "is no email address", "use one @ with something on both sides");
  }
}
