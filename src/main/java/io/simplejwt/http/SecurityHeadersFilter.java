package io.simplejwt.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.token.JwtConfig;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Tells browsers to take an answer for nothing but what it is: no page, no script, nothing to keep
 * or to put into a frame. Whoever answers with something else says so by the same headers.
 */
@ApplicationScoped
class SecurityHeadersFilter implements Handler<RoutingContext> {
  private static final int AFTER_REQUEST_ID = 990;
  private static final CharSequence YEAR = HttpHeaders.createOptimized("max-age=31536000");
  private static final CharSequence TRANSPORT =
      HttpHeaders.createOptimized("Strict-Transport-Security");
  private static final CharSequence POLICY_NAME =
      HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence POLICY =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence TYPE = HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence AS_SAID = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence REFERRER = HttpHeaders.createOptimized("Referrer-Policy");
  private static final CharSequence NONE = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private final boolean https;

  SecurityHeadersFilter(JwtConfig config) {
    // TLS ends before this process, which cannot see it: the address that it is known by tells.
    // Over plain HTTP browsers ignore the header (RFC 6797 §8.1).
    this.https = config.issuer().startsWith("https://");
  }

  void register(@Observes Filters filters) {
    filters.register(this, AFTER_REQUEST_ID);
  }

  @Override
  public void handle(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set(TYPE, AS_SAID);
    headers.set(REFERRER, NONE);
    if (!context.request().path().startsWith("/q/")) { // Swagger UI is a page of the framework's
      headers.set(POLICY_NAME, POLICY);
      headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }
    if (https) {
      headers.set(TRANSPORT, YEAR);
    }
    context.next();
  }
}
