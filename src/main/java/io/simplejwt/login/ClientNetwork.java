package io.simplejwt.login;

import io.netty.util.NetUtil;
import io.simplejwt.audit.IpAddress;
import io.simplejwt.audit.Origin;
import java.util.Arrays;
import java.util.Objects;

/**
 * Where a guess comes from: an IPv4 address, or the /64 of an IPv6 one, since whoever has one
 * address of it has all of them (RFC 6177 §2).
 */
record ClientNetwork(String text) {
  private static final int IPV6_BYTES = 16;

  ClientNetwork {
    Objects.requireNonNull(text);
  }

  static ClientNetwork of(Origin origin) {
    return new ClientNetwork(
        IpAddress.parse(origin.address()).map(ClientNetwork::text).orElse(Origin.UNKNOWN));
  }

  private static String text(IpAddress address) {
    byte[] bytes = address.bytes();
    if (bytes.length < IPV6_BYTES) {
      return address.text();
    }
    Arrays.fill(bytes, IPV6_BYTES / 2, IPV6_BYTES, (byte) 0);
    return NetUtil.bytesToIpAddress(bytes) + "/64";
  }
}
