package io.simplejwt.token;

import io.simplejwt.token.StrictGate.Parts;
import io.simplejwt.token.Verdict.Cause;
import io.simplejwt.token.Verdict.Rejected;
import io.simplejwt.token.Verdict.Valid;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Decides whether a token is ours and in force. In memory, without a lock: form, key, signature,
 * claims, session, each step on what the one before it let through.
 */
@Singleton // without a client proxy: the hot path
public class TokenVerifier {
  /** How far the clocks of two replicas may differ. */
  public static final Duration LEEWAY = Duration.ofSeconds(2);

  private final TokenKeys keys;
  private final RevocationList revocations;
  private final JwtConfig config;
  private final Clock clock;

  TokenVerifier(TokenKeys keys, RevocationList revocations, JwtConfig config, Clock clock) {
    this.keys = keys;
    this.revocations = revocations;
    this.config = config;
    this.clock = clock;
  }

  /** The verdict on a token as it stood in the header. */
  public Verdict verify(String token) {
    Optional<Parts> parts = StrictGate.split(token);
    if (parts.isEmpty()) {
      return new Rejected(Cause.NOT_A_TOKEN);
    }
    Instant now = clock.instant();
    Optional<TokenKey> key = keys.namedBy(parts.get(), now);
    if (key.isEmpty()) {
      return new Rejected(Cause.UNKNOWN_HEADER);
    }
    if (!key.get().signed(parts.get())) {
      return new Rejected(Cause.WRONG_SIGNATURE);
    }
    byte[] json = Base64.getUrlDecoder().decode(parts.get().payload());
    Optional<Claims> claims = ClaimsJson.read(json);
    if (claims.isEmpty()) {
      return new Rejected(Cause.WRONG_CLAIMS);
    }
    Optional<Cause> objection = objection(claims.get(), now);
    return objection.isPresent() ? new Rejected(objection.get()) : new Valid(claims.get(), json);
  }

  private Optional<Cause> objection(Claims claims, Instant now) {
    if (!claims.issuer().equals(config.issuer())) { // RFC 8725 §3.8
      return Optional.of(Cause.WRONG_ISSUER);
    }
    if (config.audience().isPresent() && !config.audience().equals(claims.audience())) {
      return Optional.of(Cause.WRONG_AUDIENCE); // RFC 7519 §4.1.3
    }
    if (!now.minus(LEEWAY).isBefore(claims.expiresAt())) { // RFC 7519 §4.1.4: on or after
      return Optional.of(Cause.EXPIRED);
    }
    if (isAhead(claims.notBefore(), now) || isAhead(claims.issuedAt(), now)) {
      return Optional.of(Cause.NOT_YET_VALID); // RFC 7519 §4.1.5
    }
    return revocations.hasEnded(claims.sessionId())
        ? Optional.of(Cause.SESSION_ENDED)
        : Optional.empty();
  }

  private static boolean isAhead(Instant time, Instant now) {
    return time.isAfter(now.plus(LEEWAY));
  }
}
