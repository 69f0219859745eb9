package io.simplejwt.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.problem.AllowedMethods;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Answers OPTIONS by what the resources say (RFC 9110 §9.3.7). The framework says yes to every
 * path, and each would become a label of the metrics. What a browser asks ahead of a call from
 * another origin is answered before, where {@code CORS_ORIGINS} allows that.
 */
@ApplicationScoped
class OptionsFilter implements Handler<RoutingContext> {
  private static final int AFTER_CORS = 250;

  void register(@Observes Filters filters) {
    filters.register(this, AFTER_CORS);
  }

  @Override
  public void handle(RoutingContext context) {
    if (context.request().method() != HttpMethod.OPTIONS) {
      context.next();
      return;
    }
    Set<String> allowed = AllowedMethods.of(context.normalizedPath());
    if (allowed.isEmpty()) {
      NotFoundRoute.notFound(context);
    } else {
      context.response().putHeader("Allow", String.join(", ", allowed)).setStatusCode(204).end();
    }
  }
}
