package io.simplejwt.query;

import java.util.Objects;

/** Who asks, as the record of the statement tells. */
public record Caller(String accountId, String email, Access access) {
  public Caller {
    Objects.requireNonNull(accountId);
    Objects.requireNonNull(email);
    Objects.requireNonNull(access);
  }
}
