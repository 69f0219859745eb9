package io.simplejwt.audit;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An IP address as one value: never a name, which would be looked up; without a zone; IPv4 where an
 * IPv6 one only wraps it (RFC 4291 §2.5.5.2), so that one client is one client.
 */
public record IpAddress(InetAddress value) {
  public static Optional<IpAddress> parse(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IpAddress(InetAddress.getByAddress(bytes))); // unwraps IPv4 too
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  public byte[] bytes() {
    return value.getAddress();
  }

  /** As RFC 5952 writes it. */
  public String text() {
    return NetUtil.toAddressString(value);
  }
}
