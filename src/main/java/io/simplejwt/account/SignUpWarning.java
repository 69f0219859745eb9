package io.simplejwt.account;

import io.quarkus.runtime.StartupEvent;
import io.simplejwt.setting.Development;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Reminds an operator, at each start, that anybody may make an account. */
@ApplicationScoped
class SignUpWarning {
  private static final Logger LOG = Logger.getLogger(SignUpWarning.class);

  void warn(@Observes StartupEvent start, SignUpConfig signUp) {
    if (signUp.open() && !Development.active()) {
      LOG.warn("SIGN_UP is open: anybody who reaches the service can make accounts");
    }
  }
}
