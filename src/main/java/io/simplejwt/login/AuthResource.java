package io.simplejwt.login;

import io.simplejwt.account.HashingGate;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.audit.Origin;
import io.simplejwt.login.SignIn.Outcome;
import io.simplejwt.login.SignIn.Outcome.NotAnEmail;
import io.simplejwt.login.SignIn.Outcome.SignedIn;
import io.simplejwt.problem.Parameters;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.session.TokenAnswer;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /auth}: an email and a password for a token. */
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Token")
public class AuthResource {
  private final SignIn signIn;
  private final HashingGate gate;
  private final ManagedExecutor workers;

  AuthResource(SignIn signIn, HashingGate gate, ManagedExecutor workers) {
    this.signIn = signIn;
    this.gate = gate;
    this.workers = workers;
  }

  /** On the event loop until a place to hash is taken, so that refusals stay cheap. */
  @POST
  @NonBlocking
  @Operation(summary = "Signs in", description = "With SIGN_UP=open a new email makes an account")
  public CompletionStage<TokenAnswer> authenticate(
      Credentials body, @Context RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store"); // RFC 6750 §5.3
    Origin origin = Origin.of(context);
    Parameters.requireBody(body);
    Parameters.require("email", body.email());
    Parameters.require("password", body.password());
    Place place = gate.enter();
    try {
      return workers
          .supplyAsync(() -> attempt(body, place, origin))
          .thenApply(AuthResource::answer);
    } catch (RejectedExecutionException e) {
      place.close();
      throw e;
    }
  }

  /**
   * The place is given back where the work ends, not where the call does: a client that hangs up
   * would let the next one in while its own hash is still to be computed.
   */
  private Outcome attempt(Credentials body, Place place, Origin origin) {
    try (place) {
      return signIn.attempt(body, place, origin);
    }
  }

  private static TokenAnswer answer(Outcome outcome) {
    if (outcome instanceof SignedIn signedIn) {
      return signedIn.answer();
    }
    if (outcome instanceof NotAnEmail) {
      throw Problem.of(Reason.INVALID_EMAIL, "An email has one @ with something on both sides")
          .exception();
    }
    throw Problem.of(Reason.INVALID_CREDENTIALS, "No account with this email and this password")
        .exception();
  }
}
