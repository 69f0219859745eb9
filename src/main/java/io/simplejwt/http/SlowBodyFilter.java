package io.simplejwt.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.ProblemWriter;
import io.simplejwt.problem.Reason;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Waits ten seconds for a body, however busily it trickles in: an idle timeout would never end for
 * a client that sends a byte a second on each of thousands of connections.
 */
@ApplicationScoped
class SlowBodyFilter implements Handler<RoutingContext> {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int AFTER_BODY_LIMIT = 875;
  private static final Problem TOO_SLOW =
      Problem.of(
          Reason.REQUEST_TIMEOUT,
          "The body must arrive within " + PATIENCE.toSeconds() + " seconds");

  void register(@Observes Filters filters) {
    filters.register(this, AFTER_BODY_LIMIT);
  }

  /** Whoever was still reading fails then, and can tell nobody. */
  void register(@Observes Router router) {
    router
        .route()
        .order(Integer.MIN_VALUE)
        .failureHandler(
            context -> {
              if (!context.response().ended()) {
                context.next();
              }
            });
  }

  @Override
  public void handle(RoutingContext context) {
    if (hasBody(context.request())) {
      long timer =
          context.vertx().setTimer(PATIENCE.toMillis(), passed -> endIfStillComing(context));
      context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }
    context.next();
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        || length != null && !length.equals("0");
  }

  private static void endIfStillComing(RoutingContext context) {
    if (!context.request().isEnded()) {
      ProblemWriter.end(context, TOO_SLOW);
    }
  }
}
