package io.simplejwt.http;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.audit.IpAddress;
import io.simplejwt.audit.Origin;
import io.vertx.core.Handler;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Says which client asks, where proxies stand in between. Without {@code TRUSTED_PROXIES} the peer
 * is the client, and so it is by PROXY protocol, which gives the client's address as the peer's.
 */
@ApplicationScoped
class ClientAddressFilter implements Handler<RoutingContext> {
  private static final int AFTER_REQUEST_ID = 975;

  private final TrustedProxies proxies;

  ClientAddressFilter(ProxiesConfig config) {
    this.proxies = TrustedProxies.parse(config.proxies().orElse(""));
  }

  /** Made now, so that a bad list stops the start. */
  void check(@Observes @Priority(2) StartupEvent start) {}

  void register(@Observes Filters filters) {
    if (!proxies.isEmpty()) {
      filters.register(this, AFTER_REQUEST_ID);
    }
  }

  @Override
  public void handle(RoutingContext context) {
    peer(context)
        .map(peer -> proxies.client(peer, context.request().headers().getAll("X-Forwarded-For")))
        .ifPresent(client -> Origin.tell(context, client.text()));
    context.next();
  }

  private static Optional<IpAddress> peer(RoutingContext context) {
    return Optional.ofNullable(context.request().remoteAddress())
        .map(SocketAddress::hostAddress)
        .flatMap(IpAddress::parse);
  }
}
