package io.simplejwt.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.problem.ProblemWriter;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;

/**
 * Gives every request an id: the caller's {@code X-Request-Id} where it is plain, else a new one.
 * It stands in the answer, in problem documents and in the log. It names a request and guards
 * nothing.
 */
@ApplicationScoped
class RequestIdFilter implements Handler<RoutingContext> {
  private static final int LONGEST = 64;
  private static final int FIRST = 1000;

  void register(@Observes Filters filters) {
    filters.register(this, FIRST);
  }

  @Override
  public void handle(RoutingContext context) {
    String given = context.request().getHeader(ProblemWriter.REQUEST_ID);
    String id = given != null && isPlain(given) ? given : newId();
    context.response().putHeader(ProblemWriter.REQUEST_ID, id);
    MDC.put("requestId", id);
    context.next();
  }

  /** Anything else could forge a line of the log. */
  static boolean isPlain(String id) {
    if (id.isEmpty() || id.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private static String newId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
