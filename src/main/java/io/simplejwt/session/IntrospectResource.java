package io.simplejwt.session;

import io.simplejwt.account.Role;
import io.simplejwt.problem.FormBody;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /introspect}: whether a token is in force (RFC 7662). */
@Path("/introspect")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Token")
public class IntrospectResource {
  private final TokenSessions tokens;

  IntrospectResource(TokenSessions tokens) {
    this.tokens = tokens;
  }

  @POST
  @Consumes(MediaType.WILDCARD) // JsonOnlyFilter asks for a form, and says so
  @RolesAllowed(Role.OTHER_SERVICE) // RFC 7662 §2.1: else anybody could try tokens here
  @Operation(
      summary = "Says whether a token is in force, and what it says",
      description = "An access token or a refresh token; of any other text only that it is not")
  public TokenState introspect(
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                      schema = @Schema(implementation = TokenForm.class)))
          String form,
      @Context RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return tokens.state(FormBody.parse(form).require("token"));
  }
}
