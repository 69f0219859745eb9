package io.simplejwt.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Sends clients elsewhere before the service stops: from SIGTERM on, every answer closes its
 * connection. Otherwise a client that keeps its connection would lose the request that it sends
 * while the socket closes. HTTP/2 knows no such header (RFC 9113 §8.2.2); there the framework says
 * GOAWAY.
 */
@ApplicationScoped
class ClosingFilter implements Handler<RoutingContext> {
  private static final int AFTER_REQUEST_ID = 950;

  private volatile boolean closing;

  void register(@Observes Filters filters) {
    filters.register(this, AFTER_REQUEST_ID);
  }

  void stop(@Observes ShutdownDelayInitiatedEvent event) {
    closing = true;
  }

  @Override
  public void handle(RoutingContext context) {
    if (closing && context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      context.addEndHandler(ended -> context.request().connection().close());
    }
    context.next();
  }
}
