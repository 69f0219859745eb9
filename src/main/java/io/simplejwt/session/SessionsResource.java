package io.simplejwt.session;

import io.quarkus.security.Authenticated;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.TimeOrderedId;
import io.vertx.ext.web.RoutingContext;
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

/** {@code /accounts/me/sessions}: where one is signed in. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/accounts/me/sessions")
@Authenticated
@Tag(name = "Own account")
public class SessionsResource {
  private final SessionStore store;
  private final Endings endings;
  private final JsonWebToken token;
  private final Clock clock;

  SessionsResource(SessionStore store, Endings endings, JsonWebToken token, Clock clock) {
    this.store = store;
    this.endings = endings;
    this.token = token;
    this.clock = clock;
  }

  @GET
  @Operation(
      summary = "Lists the caller's sessions",
      description = "The hundred that were used last")
  public SessionView.All list() {
    String current = token.getClaim("sid");
    return new SessionView.All(
        store.living(token.getSubject(), clock.instant(), SessionView.MOST).stream()
            .map(session -> SessionView.of(session, current))
            .toList());
  }

  @DELETE
  @Operation(summary = "Ends the caller's other sessions", description = "The one that asks stays")
  public void endOthers(@Context RoutingContext context) {
    endings.endAll(token.getSubject(), Optional.of(token.getClaim("sid")), origin(context));
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Ends one of the caller's sessions")
  public void end(@PathParam("id") String id, @Context RoutingContext context) {
    boolean ended =
        TimeOrderedId.isOne(id)
            && endings.end(id, token.getSubject(), Kind.SESSION_ENDED, origin(context));
    if (!ended) { // somebody else's as well: whether it exists is nobody's business
      throw Problem.of(Reason.NOT_FOUND, "You have no such session").exception();
    }
  }

  private Origin origin(RoutingContext context) {
    return Origin.of(context).by(token.getSubject());
  }
}
