package io.simplejwt.token;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a token of ours says (RFC 7519 §4.1).
 *
 * @param accountId {@code sub}
 * @param roles {@code groups}
 * @param sessionId {@code sid}
 */
public record Claims(
    String issuer,
    Optional<String> audience,
    String accountId,
    String email,
    boolean emailVerified,
    Set<String> roles,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt,
    String tokenId,
    String sessionId) {
  public Claims {
    Objects.requireNonNull(issuer);
    Objects.requireNonNull(audience);
    Objects.requireNonNull(accountId);
    Objects.requireNonNull(email);
    roles = Set.copyOf(roles);
    Objects.requireNonNull(issuedAt);
    Objects.requireNonNull(notBefore);
    Objects.requireNonNull(expiresAt);
    Objects.requireNonNull(tokenId);
    Objects.requireNonNull(sessionId);
  }
}
