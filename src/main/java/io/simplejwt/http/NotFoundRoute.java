package io.simplejwt.http;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.ProblemWriter;
import io.simplejwt.problem.Reason;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers for requests that reach no resource at all. */
@ApplicationScoped
class NotFoundRoute {
  void register(
      @Observes Router router,
      @ConfigProperty(name = "quarkus.smallrye-openapi.enabled") boolean openApi) {
    router.route().order(Integer.MAX_VALUE).handler(NotFoundRoute::notFound);
    router.route().order(Integer.MIN_VALUE).failureHandler(NotFoundRoute::refused);
    if (!openApi) { // the extension's own answer has no body
      router.route("/q/openapi*").order(-1).handler(NotFoundRoute::notFound);
      router.route("/q/swagger-ui*").order(-1).handler(NotFoundRoute::notFound);
    }
  }

  static void notFound(RoutingContext context) {
    ProblemWriter.end(
        context, Problem.of(Reason.NOT_FOUND, "No such path: " + context.normalizedPath()));
  }

  /**
   * The router's own refusal, before any filter. The framework would log an error for each, as many
   * as anybody likes to cause.
   */
  private static void refused(RoutingContext context) {
    if (context.statusCode() == Reason.INVALID_REQUEST.status()) {
      ProblemWriter.end(
          context,
          Problem.of(
              Reason.INVALID_REQUEST,
              "The request line or the Host header is malformed, or there is none: HTTP/1.1 demands"
                  + " a host (RFC 9112 §3)"));
    } else {
      context.next();
    }
  }
}
