package io.simplejwt.session;

import io.simplejwt.account.Accounts;
import io.simplejwt.account.Role;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.TimeOrderedId;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /accounts/{id}/sessions}: where somebody is signed in, for administrators. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/accounts/{id}/sessions")
@RolesAllowed(Role.ADMINISTRATOR)
@Tag(name = "Accounts")
public class AccountSessionsResource {
  private final Accounts accounts;
  private final SessionStore store;
  private final Endings endings;
  private final JsonWebToken token;
  private final Clock clock;

  AccountSessionsResource(
      Accounts accounts, SessionStore store, Endings endings, JsonWebToken token, Clock clock) {
    this.accounts = accounts;
    this.store = store;
    this.endings = endings;
    this.token = token;
    this.clock = clock;
  }

  @GET
  @Operation(
      summary = "Lists an account's sessions",
      description = "The hundred that were used last")
  public SessionView.All list(@PathParam("id") String id) {
    String current = token.getClaim("sid");
    return new SessionView.All(
        store.living(accounts.get(id).id(), clock.instant(), SessionView.MOST).stream()
            .map(session -> SessionView.of(session, current))
            .toList());
  }

  @DELETE
  @Operation(
      summary = "Ends an account's sessions",
      description = "All of them: also the one that asks, where it is the caller's own account")
  public void endAll(@PathParam("id") String id, @Context RoutingContext context) {
    endings.endAll(accounts.get(id).id(), Optional.empty(), origin(context));
  }

  @DELETE
  @Path("/{session}")
  @Operation(summary = "Ends one of an account's sessions")
  public void end(
      @PathParam("id") String id,
      @PathParam("session") String session,
      @Context RoutingContext context) {
    boolean ended =
        TimeOrderedId.isOne(session)
            && endings.end(session, accounts.get(id).id(), Kind.SESSION_ENDED, origin(context));
    if (!ended) {
      throw Problem.of(Reason.NOT_FOUND, "The account has no such session").exception();
    }
  }

  private Origin origin(RoutingContext context) {
    return Origin.of(context).by(token.getSubject());
  }
}
