package io.simplejwt.account;

import java.util.Objects;

/** An account with the hash that its password is checked against. */
public record StoredPassword(Account account, String hash) {
  public StoredPassword {
    Objects.requireNonNull(account);
    Objects.requireNonNull(hash);
  }

  @Override
  public String toString() {
    return "StoredPassword[" + account.id() + "]";
  }
}
