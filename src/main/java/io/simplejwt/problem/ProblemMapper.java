package io.simplejwt.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a call into its problem document. */
public class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  // RFC 6750 §3: no error attribute where the request had no bearer token.
  private static final String CHALLENGE = "Bearer realm=\"simple-jwt-api\"";

  @ServerExceptionMapper
  public Response map(ProblemException failure, RoutingContext context) {
    Reason reason = failure.problem().reason();
    ProblemWriter.closeAfter(context, reason);
    Response.ResponseBuilder response = answer(failure.problem(), context);
    return reason.status() == 401 // RFC 9110 §15.5.2: MUST
        ? response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE).build()
        : response.build();
  }

  @ServerExceptionMapper
  public Response map(UnauthorizedException failure, RoutingContext context) {
    return answer(
            Reason.MISSING_TOKEN,
            "Send the token of POST /auth in the header: Authorization: Bearer <token>",
            context)
        .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
        .build();
  }

  @ServerExceptionMapper
  public Response map(AuthenticationFailedException failure, RoutingContext context) {
    return answer(
            Reason.INVALID_TOKEN, "Sign in again by POST /auth and send the new token", context)
        .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"")
        .build();
  }

  @ServerExceptionMapper
  public Response map(ForbiddenException failure, RoutingContext context) {
    return answer(Reason.FORBIDDEN, "The token's roles do not allow this call", context)
        .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"insufficient_scope\"")
        .build();
  }

  @ServerExceptionMapper
  public Response map(NotAllowedException failure, RoutingContext context) {
    String allowed = String.join(", ", AllowedMethods.of(context.normalizedPath()));
    return answer(Reason.METHOD_NOT_ALLOWED, "Use one of: " + allowed, context)
        .header(HttpHeaders.ALLOW, allowed) // RFC 9110 §15.5.6: MUST
        .build();
  }

  @ServerExceptionMapper
  public Response map(JsonProcessingException failure, RoutingContext context) {
    return answer(Reason.INVALID_REQUEST, JsonFault.describe(failure), context).build();
  }

  /** The framework has a mapper of its own for this kind, which answers without a body. */
  @ServerExceptionMapper
  public Response map(MismatchedInputException failure, RoutingContext context) {
    return map((JsonProcessingException) failure, context);
  }

  @ServerExceptionMapper
  public Response map(WebApplicationException failure, RoutingContext context) {
    if (failure.getCause() instanceof JsonProcessingException json) {
      return map(json, context);
    }
    return switch (failure.getResponse().getStatus()) {
      case 400 -> answer(Reason.INVALID_REQUEST, "The request cannot be read", context).build();
      case 404 ->
          answer(Reason.NOT_FOUND, "No such path: " + context.normalizedPath(), context).build();
      case 406 -> answer(Reason.NOT_ACCEPTABLE, "Accept application/json", context).build();
      case 415 ->
          answer(Reason.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json", context)
              .build();
      default -> map((Throwable) failure, context);
    };
  }

  /** What nobody foresaw: the caller gets the request id, the log gets the rest. */
  @ServerExceptionMapper
  public Response map(Throwable failure, RoutingContext context) {
    if (isHangUp(failure)) {
      LOG.debugf("Request %s was given up", ProblemWriter.requestId(context));
      return answer(Reason.REQUEST_TIMEOUT, "The body did not arrive", context).build();
    }
    LOG.errorf(failure, "Request %s failed", ProblemWriter.requestId(context));
    return answer(
            Reason.INTERNAL_ERROR, "Tell the operator the request id; the log has it", context)
        .build();
  }

  /** The connection was closed before the body had arrived, by the caller or for being too slow. */
  private static boolean isHangUp(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpClosedException) {
        return true;
      }
    }
    return false;
  }

  private static Response.ResponseBuilder answer(
      Reason reason, String detail, RoutingContext context) {
    return answer(Problem.of(reason, detail), context);
  }

  private static Response.ResponseBuilder answer(Problem problem, RoutingContext context) {
    Response.ResponseBuilder response =
        Response.status(problem.reason().status())
            .type(ProblemDocument.MEDIA_TYPE)
            .entity(ProblemDocument.of(problem, ProblemWriter.requestId(context)));
    problem
        .retryAfter()
        .ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, ProblemWriter.seconds(wait)));
    return response;
  }
}
