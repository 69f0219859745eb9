package io.simplejwt.token;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.token.Bearer.Presented;
import io.simplejwt.token.Verdict.Valid;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/**
 * The short way to {@link ContentsResource}'s good answer, which other services ask for with each
 * of their own requests: past authentication, routing and serialisation, none of which it needs.
 * Whatever is not a good answer to {@code GET /contents} goes on to the resource, and is refused
 * there.
 */
@ApplicationScoped
class ContentsRoute implements Handler<RoutingContext> {
  // After whatever holds for every request: its id, headers, limits, CORS, OPTIONS.
  private static final int AFTER_OPTIONS = 240;
  private static final String PATH = "/contents";

  /** Where the framework leaves the path of the resource that answers, for metrics and traces. */
  private static final String TEMPLATE = "UrlPathTemplate";

  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json;charset=UTF-8");
  private final Bearer bearer;

  ContentsRoute(Bearer bearer) {
    this.bearer = bearer;
  }

  void register(@Observes Filters filters) {
    filters.register(this, AFTER_OPTIONS);
  }

  @Override
  public void handle(RoutingContext context) {
    if (!isMeant(context.request()) || !answer(context)) {
      context.next();
    }
  }

  private static boolean isMeant(HttpServerRequest request) {
    return request.method() == HttpMethod.GET
        && PATH.equals(request.path())
        && takesJson(request.getHeader(HttpHeaders.ACCEPT));
  }

  /** As clients say it that ask for JSON or for nothing; any other wish the resource weighs. */
  private static boolean takesJson(String accept) {
    return accept == null || accept.equals("*/*") || accept.equals(MediaType.APPLICATION_JSON);
  }

  private boolean answer(RoutingContext context) {
    HttpServerRequest request = context.request();
    Optional<Presented> presented;
    try {
      presented = bearer.in(request);
    } catch (ProblemException unavailable) {
      return false;
    }
    if (presented.isPresent() && presented.get().verdict() instanceof Valid valid) {
      ((HttpServerRequestInternal) request).context().putLocal(TEMPLATE, PATH);
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON);
      context.end(Buffer.buffer(valid.json()));
      return true;
    }
    return false;
  }
}
