package io.simplejwt.token;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.token.Bearer.Presented;
import io.simplejwt.token.Verdict.Valid;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the caller known to {@code @RolesAllowed}, {@code SecurityIdentity} and {@code
 * JsonWebToken}.
 *
 * <p>Stands in the place of quarkus-smallrye-jwt's own mechanism, whose parser is laxer than our
 * rules and costs three times the whole endpoint.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class BearerMechanism implements HttpAuthenticationMechanism {
  private final Bearer bearer;

  BearerMechanism(Bearer bearer) {
    this.bearer = bearer;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager unused) {
    Optional<Presented> presented;
    try {
      presented = bearer.in(context.request());
    } catch (ProblemException unavailable) {
      return Uni.createFrom().failure(unavailable);
    }
    if (presented.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    return presented.get().verdict() instanceof Valid valid
        ? Uni.createFrom().item(identity(presented.get().token(), valid))
        : Uni.createFrom().failure(new AuthenticationFailedException());
  }

  private static SecurityIdentity identity(String token, Valid valid) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new VerifiedCaller(token, valid))
        .addRoles(valid.claims().roles())
        .build();
  }

  /** The problem mapper writes the challenge; this only says that there is one. */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(TokenAuthenticationRequest.class);
  }
}
