package io.simplejwt.health;

import io.simplejwt.token.RevocationList;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every ended session is known: before that, a token could be trusted that must not. */
@Readiness
class RevocationListReady implements HealthCheck {
  private final RevocationList revocations;

  RevocationListReady(RevocationList revocations) {
    this.revocations = revocations;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("revocation list").status(revocations.isComplete()).build();
  }
}
