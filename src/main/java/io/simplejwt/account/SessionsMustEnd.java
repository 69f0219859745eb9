package io.simplejwt.account;

import java.util.Objects;
import java.util.Optional;

/**
 * Sent within the transaction that changes an account: its sessions end with that change or not at
 * all.
 *
 * @param survivor the session that changed its own password, which lives on
 */
public record SessionsMustEnd(String accountId, Optional<String> survivor) {
  public SessionsMustEnd {
    Objects.requireNonNull(accountId);
    Objects.requireNonNull(survivor);
  }
}
