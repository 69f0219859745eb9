package io.simplejwt.audit;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;

/**
 * Who asks, and from where.
 *
 * @param actor the account whose token came with the request, if one did
 * @param address an IP address in its one spelling, or {@link #UNKNOWN}
 */
public record Origin(Optional<String> actor, String address) {
  public static final String UNKNOWN = "unknown";

  /** What the service does by itself, at its start. */
  public static final Origin ITSELF = new Origin(Optional.empty(), UNKNOWN);

  /** Where a filter that knows the proxies leaves the client's address, see {@code http}. */
  private static final String ADDRESS = Origin.class.getName();

  public Origin {
    Objects.requireNonNull(actor);
    if (!address.equals(UNKNOWN)
        && !NetUtil.isValidIpV4Address(address)
        && !NetUtil.isValidIpV6Address(address)) {
      throw new IllegalArgumentException("not an IP address");
    }
  }

  /** The request's origin: its client, where a proxy in between is known, else its peer. */
  public static Origin of(RoutingContext context) {
    String told = context.get(ADDRESS);
    return new Origin(Optional.empty(), told == null ? peer(context) : told);
  }

  /** Tells the client's address from here on. */
  public static void tell(RoutingContext context, String address) {
    context.put(ADDRESS, address);
  }

  public Origin by(String accountId) {
    return new Origin(Optional.of(accountId), address);
  }

  private static String peer(RoutingContext context) {
    SocketAddress peer = context.request().remoteAddress();
    String host = peer == null ? null : peer.hostAddress();
    return host == null ? UNKNOWN : IpAddress.parse(host).map(IpAddress::text).orElse(UNKNOWN);
  }
}
