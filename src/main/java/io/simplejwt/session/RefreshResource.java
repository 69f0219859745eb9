package io.simplejwt.session;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.Parameters;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.token.Bearer;
import io.simplejwt.token.Verdict;
import io.simplejwt.token.Verdict.Cause;
import io.simplejwt.token.Verdict.Rejected;
import io.simplejwt.token.Verdict.Valid;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /auth/refresh} and {@code POST /auth/logout}. */
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Token")
public class RefreshResource {
  private final Refresh refresh;
  private final TokenSessions tokens;
  private final Endings endings;
  private final Bearer bearer;

  RefreshResource(Refresh refresh, TokenSessions tokens, Endings endings, Bearer bearer) {
    this.refresh = refresh;
    this.tokens = tokens;
    this.endings = endings;
    this.bearer = bearer;
  }

  @POST
  @Path("/refresh")
  @Operation(
      summary = "Exchanges a refresh token for new tokens",
      description =
          "Each refresh token is good for one exchange. For ten seconds the same one gets the same"
              + " answer again; later that ends the session")
  public TokenAnswer refresh(RefreshRequest body, @Context RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store"); // RFC 6749 §5.1
    Parameters.requireBody(body);
    return refresh
        .exchange(Parameters.require("refresh_token", body.refreshToken()), Origin.of(context))
        .orElseThrow(
            () ->
                Problem.of(Reason.INVALID_REFRESH_TOKEN, "Sign in again by POST /auth")
                    .exception());
  }

  @POST
  @Path("/logout")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Ends a session",
      description = "The one of the bearer token, or the one of the refresh token in the body")
  @SecurityRequirement(name = "SecurityScheme")
  @APIResponse(responseCode = "204", description = "It has ended")
  public void logout(RefreshRequest body, @Context RoutingContext context) {
    if (body == null || body.refreshToken() == null) {
      logout(context);
    } else { // RFC 7009 §2.2: a token that is none ends nothing, and that is no error
      tokens.session(body.refreshToken()).ifPresent(session -> end(session, Origin.of(context)));
    }
  }

  /** Without a body there is no type that it could have; JsonOnlyFilter refuses any other. */
  @POST
  @Path("/logout")
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public void logout(@Context RoutingContext context) {
    Verdict verdict =
        bearer.in(context.request()).orElseThrow(UnauthorizedException::new).verdict();
    if (verdict instanceof Valid valid) {
      end(TokenSessions.Owned.by(valid.claims()), Origin.of(context));
    } else if (!verdict.equals(new Rejected(Cause.SESSION_ENDED))) {
      throw new AuthenticationFailedException();
    }
  }

  private void end(TokenSessions.Owned session, Origin origin) {
    endings.end(session.sessionId(), session.accountId(), Kind.LOGOUT, origin);
  }
}
