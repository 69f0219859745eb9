package io.simplejwt.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.security.Authenticated;
import io.simplejwt.audit.Origin;
import io.simplejwt.login.Entrance.Entry;
import io.simplejwt.problem.Parameters;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code PUT /accounts/me/password}: the old password for a new one. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/accounts/me/password")
@Authenticated
@Tag(name = "Own account")
public class OwnPasswordResource {
  private final PasswordChange change;
  private final Entrance entrance;
  private final JsonWebToken token;

  OwnPasswordResource(PasswordChange change, Entrance entrance, JsonWebToken token) {
    this.change = change;
    this.entrance = entrance;
    this.token = token;
  }

  @PUT
  @Operation(
      summary = "Changes the caller's password",
      description = "Ends every other session of the account")
  @APIResponse(responseCode = "204")
  @APIResponse(responseCode = "403", description = "The current password is wrong")
  @APIResponse(responseCode = "429", description = "Too many wrong passwords, see Retry-After")
  public void changePassword(Body body, @Context RoutingContext context) {
    Parameters.requireBody(body);
    Parameters.require("current", body.current());
    Parameters.require("new", body.newPassword());
    Origin origin = Origin.of(context).by(token.getSubject());
    String session = token.getClaim("sid");
    try (Entry entry = entrance.enter(origin)) {
      entry.attempt(
          place -> change.attempt(body.current(), body.newPassword(), session, place, origin),
          changed -> true);
    }
  }

  @Schema(name = "PasswordChange")
  record Body(String current, @JsonProperty("new") String newPassword) {
    @Override
    public String toString() {
      return "PasswordChange[***]";
    }
  }
}
