package io.simplejwt.telemetry;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.audit.Origin;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * A line for each request, where {@code ACCESS_LOG} is on: by the category {@code access}, which is
 * off otherwise. Never the query, where careless clients put tokens. Where the client hung up the
 * status is 0.
 */
@ApplicationScoped
class AccessLogFilter implements Handler<RoutingContext> {
  private static final Logger LOG = Logger.getLogger("access");
  private static final int AFTER_REQUEST_ID = 990;

  void register(@Observes Filters filters) {
    if (LOG.isInfoEnabled()) {
      filters.register(this, AFTER_REQUEST_ID);
    }
  }

  @Override
  public void handle(RoutingContext context) {
    long begun = System.nanoTime();
    Map<String, Object> names = MDC.getMap(); // request and trace, gone by the time it ends
    context.addEndHandler(ended -> log(context, ended.succeeded(), begun, names));
    context.next();
  }

  private static void log(
      RoutingContext context, boolean answered, long begun, Map<String, Object> names) {
    HttpServerRequest request = context.request();
    String agent = request.getHeader(HttpHeaders.USER_AGENT);
    names.forEach(MDC::put);
    LOG.infof(
        "method=%s path=\"%s\" status=%d bytes=%d ms=%.1f address=%s agent=\"%s\"",
        Told.of(request.method().name()),
        Told.of(request.path() == null ? "" : request.path()),
        answered ? context.response().getStatusCode() : 0,
        context.response().bytesWritten(),
        (System.nanoTime() - begun) / 1e6,
        Origin.of(context).address(),
        Told.of(agent == null ? "" : agent));
  }
}
