package io.simplejwt.account;

import java.util.Objects;

/** Sent within the transaction by which an administrator sets an account's password. */
public record PasswordWasReset(Email email) {
  public PasswordWasReset {
    Objects.requireNonNull(email);
  }
}
