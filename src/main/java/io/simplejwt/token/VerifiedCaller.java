package io.simplejwt.token;

import io.simplejwt.token.Verdict.Valid;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A verified token as Quarkus security knows it: the request's {@code JsonWebToken}. */
final class VerifiedCaller extends JWTCallerPrincipal {
  private static final List<String> NAMES =
      List.of(
          "iss",
          "aud",
          "sub",
          "email",
          "email_verified",
          "groups",
          "iat",
          "nbf",
          "exp",
          "jti",
          "sid");

  private final Valid verified;

  VerifiedCaller(String token, Valid verified) {
    super(token, "JWT");
    this.verified = verified;
  }

  @Override
  public String getName() {
    return verified.claims().accountId();
  }

  @Override
  public Set<String> getGroups() {
    return verified.claims().roles();
  }

  @Override
  protected Collection<String> doGetClaimNames() {
    return NAMES;
  }

  @Override
  protected Object getClaimValue(String name) {
    Claims claims = verified.claims();
    return switch (name) {
      case "iss" -> claims.issuer();
      case "sub" -> claims.accountId();
      case "email" -> claims.email();
      case "email_verified" -> claims.emailVerified();
      case "groups" -> claims.roles();
      case "iat" -> claims.issuedAt().getEpochSecond();
      case "nbf" -> claims.notBefore().getEpochSecond();
      case "exp" -> claims.expiresAt().getEpochSecond();
      case "jti" -> claims.tokenId();
      case "sid" -> claims.sessionId();
      case "aud" -> claims.audience().map(Set::of).orElse(null);
      default -> null;
    };
  }
}
