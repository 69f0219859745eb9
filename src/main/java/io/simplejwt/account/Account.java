package io.simplejwt.account;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Somebody who may sign in.
 *
 * @param emailVerified false for an account that made itself: nobody has seen that its owner reads
 *     mail there, so verifiers must authorise by id and roles
 * @param version rises with every change that ends sessions
 */
public record Account(
    String id,
    Email email,
    boolean emailVerified,
    Set<Role> roles,
    boolean disabled,
    int version,
    Instant createdAt) {
  public Account {
    Objects.requireNonNull(id);
    Objects.requireNonNull(email);
    roles = Set.copyOf(roles);
    Objects.requireNonNull(createdAt);
  }
}
