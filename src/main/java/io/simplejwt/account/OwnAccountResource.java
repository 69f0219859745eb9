package io.simplejwt.account;

import io.quarkus.security.Authenticated;
import io.simplejwt.audit.Origin;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /accounts/me}: what people do with their own account. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/accounts/me")
@Authenticated
@Tag(name = "Own account")
public class OwnAccountResource {
  private final Accounts accounts;
  private final JsonWebToken token;

  OwnAccountResource(Accounts accounts, JsonWebToken token) {
    this.accounts = accounts;
    this.token = token;
  }

  @GET
  @Operation(summary = "Shows the caller's account")
  public AccountView show() {
    return AccountView.of(accounts.get(token.getSubject()));
  }

  @DELETE
  @Operation(summary = "Deletes the caller's account", description = "Ends its sessions")
  public void delete(@Context RoutingContext context) {
    accounts.delete(token.getSubject(), origin(context));
  }

  private Origin origin(RoutingContext context) {
    return Origin.of(context).by(token.getSubject());
  }
}
