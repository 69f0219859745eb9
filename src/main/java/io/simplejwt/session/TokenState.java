package io.simplejwt.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.simplejwt.token.Claims;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer of {@code POST /introspect} (RFC 7662 §2.2). Of a token that is not in force it says
 * nothing else. A refresh token has no {@code token_type}: it is not for the Authorization header.
 */
@Schema(name = "TokenState")
record TokenState(
    boolean active,
    @JsonProperty("token_type") String tokenType,
    String iss,
    String aud,
    String sub,
    String username,
    @JsonProperty("email_verified") Boolean emailVerified,
    List<String> groups,
    Long iat,
    Long nbf,
    Long exp,
    String jti,
    String sid) {
  static final TokenState INACTIVE =
      new TokenState(false, null, null, null, null, null, null, null, null, null, null, null, null);

  static TokenState of(Claims claims) {
    return new TokenState(
        true,
        "Bearer",
        claims.issuer(),
        claims.audience().orElse(null),
        claims.accountId(),
        claims.email(),
        claims.emailVerified(),
        claims.roles().stream().sorted().toList(),
        claims.issuedAt().getEpochSecond(),
        claims.notBefore().getEpochSecond(),
        claims.expiresAt().getEpochSecond(),
        claims.tokenId(),
        claims.sessionId());
  }

  static TokenState of(Session session) {
    return new TokenState(
        true,
        null,
        null,
        null,
        session.accountId(),
        null,
        null,
        null,
        session.use().at().getEpochSecond(),
        null,
        session.ends().refreshExpiresAt().getEpochSecond(),
        null,
        session.id());
  }
}
