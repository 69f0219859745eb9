package io.simplejwt.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Answers with a problem below Jakarta REST, where no exception mapper is asked. */
public final class ProblemWriter {
  /** Set on every answer before anything else happens, see the {@code http} package. */
  public static final String REQUEST_ID = "X-Request-Id";

  private ProblemWriter() {}

  public static void end(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.headWritten()) {
      return;
    }
    response.setStatusCode(problem.reason().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
    problem.retryAfter().ifPresent(wait -> response.putHeader("Retry-After", seconds(wait)));
    closeAfter(context, problem.reason());
    response.end(Json.encode(ProblemDocument.of(problem, requestId(context))));
  }

  /**
   * Behind a body that was not read to its end nothing more can be understood on the connection.
   * HTTP/2 keeps requests apart by itself, and forbids the header (RFC 9113 §8.2.2).
   */
  static void closeAfter(RoutingContext context, Reason reason) {
    boolean unread = reason == Reason.TOO_LARGE || reason == Reason.REQUEST_TIMEOUT;
    if (unread && context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      context.addEndHandler(ended -> context.request().connection().close());
    }
  }

  static String requestId(RoutingContext context) {
    return context == null ? null : context.response().headers().get(REQUEST_ID);
  }

  /** Whole seconds, never 0: "at once" would invite the next refusal (RFC 9110 §10.2.3). */
  static String seconds(Duration wait) {
    return String.valueOf(Math.max(1, (wait.toMillis() + 999) / 1000));
  }
}
