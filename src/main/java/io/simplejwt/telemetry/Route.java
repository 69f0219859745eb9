package io.simplejwt.telemetry;

import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Which resource answers a request. */
final class Route {
  /** Where the framework leaves the path of the resource that answers, as in /accounts/{id}. */
  private static final String TEMPLATE = "UrlPathTemplate";

  private Route() {}

  /** Known when the request has been answered; nothing where no resource did. */
  static Optional<String> of(RoutingContext context) {
    return Optional.ofNullable(
        ((HttpServerRequestInternal) context.request()).context().getLocal(TEMPLATE));
  }
}
