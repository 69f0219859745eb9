package io.simplejwt.session;

import io.simplejwt.account.Role;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.FormBody;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code POST /revoke}: ends the session of a token (RFC 7009). All its tokens are of one grant, so
 * all of them end (§2.1).
 */
@Path("/revoke")
@Tag(name = "Token")
public class RevokeResource {
  private final TokenSessions tokens;
  private final Endings endings;
  private final JsonWebToken caller;

  RevokeResource(TokenSessions tokens, Endings endings, JsonWebToken caller) {
    this.tokens = tokens;
    this.endings = endings;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.WILDCARD) // JsonOnlyFilter asks for a form, and says so
  @RolesAllowed(Role.OTHER_SERVICE)
  @Operation(summary = "Ends the session of an access token or a refresh token")
  @APIResponse(responseCode = "200", description = "It has ended, or there is none")
  public Response revoke(
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                      schema = @Schema(implementation = TokenForm.class)))
          String form,
      @Context RoutingContext context) {
    Origin origin = Origin.of(context).by(caller.getSubject());
    tokens
        .session(FormBody.parse(form).require("token"))
        .ifPresent(
            session ->
                endings.end(session.sessionId(), session.accountId(), Kind.REVOCATION, origin));
    return Response.ok().build(); // RFC 7009 §2.2: also for a token that is none
  }
}
