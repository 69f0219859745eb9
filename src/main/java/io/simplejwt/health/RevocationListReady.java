package io.simplejwt.health;

import io.simplejwt.token.RevocationList;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when every ended session is known, and was lately: else a token could be trusted that must
 * not. So a loss of the store takes the service down once it has lasted too long, and no sooner.
 */
@Readiness
class RevocationListReady implements HealthCheck {
  private final RevocationList revocations;

  RevocationListReady(RevocationList revocations) {
    this.revocations = revocations;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("revocation list").status(revocations.isTrusted()).build();
  }
}
