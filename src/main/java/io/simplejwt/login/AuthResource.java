package io.simplejwt.login;

import io.simplejwt.audit.Origin;
import io.simplejwt.login.Entrance.Entry;
import io.simplejwt.login.SignIn.Outcome;
import io.simplejwt.login.SignIn.Outcome.NotAnEmail;
import io.simplejwt.login.SignIn.Outcome.SignedIn;
import io.simplejwt.problem.Parameters;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.ProblemException;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /auth}: an email and a password for a token. */
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Token")
public class AuthResource {
  private final SignIn signIn;
  private final Entrance entrance;
  private final HeldRefusals refusals;
  private final ManagedExecutor workers;

  AuthResource(SignIn signIn, Entrance entrance, HeldRefusals refusals, ManagedExecutor workers) {
    this.signIn = signIn;
    this.entrance = entrance;
    this.refusals = refusals;
    this.workers = workers;
  }

  /** On the event loop until it is let in, so that refusals stay cheap. */
  @POST
  @NonBlocking
  @Operation(summary = "Signs in", description = "With SIGN_UP=open a new email makes an account")
  @APIResponse(responseCode = "200")
  @APIResponse(responseCode = "401", description = "Wrong email or password")
  @APIResponse(responseCode = "429", description = "Too many wrong passwords, see Retry-After")
  public CompletionStage<TokenAnswer> authenticate(
      Credentials body, @Context RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store"); // RFC 6750 §5.3
    Origin origin = Origin.of(context);
    Parameters.requireBody(body);
    Parameters.require("email", body.email());
    Parameters.require("password", body.password());
    try {
      return start(body, entrance.enter(origin), origin).exceptionallyCompose(refusals::hold);
    } catch (ProblemException barred) {
      return refusals.hold(barred);
    }
  }

  private CompletionStage<TokenAnswer> start(Credentials body, Entry entry, Origin origin) {
    try {
      return workers
          .supplyAsync(() -> attempt(body, entry, origin))
          .thenApply(AuthResource::answer);
    } catch (RejectedExecutionException e) {
      entry.close();
      throw e;
    }
  }

  /**
   * The place is given back where the work ends, not where the call does: a client that hangs up
   * would let the next one in while its own hash is still to be computed.
   */
  private Outcome attempt(Credentials body, Entry entry, Origin origin) {
    try (entry) {
      return entry.attempt(
          place -> signIn.attempt(body, place, origin), outcome -> outcome instanceof SignedIn);
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
