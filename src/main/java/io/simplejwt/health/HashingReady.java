package io.simplejwt.health;

import io.simplejwt.account.HashingGate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready where no implementation of the password hash passed its self-test. */
@Readiness
class HashingReady implements HealthCheck {
  private final HashingGate gate;

  HashingReady(HashingGate gate) {
    this.gate = gate;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("password hashing").status(gate.works()).build();
  }
}
