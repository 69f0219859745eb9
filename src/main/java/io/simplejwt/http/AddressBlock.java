package io.simplejwt.http;

import io.simplejwt.audit.IpAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of IP addresses in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3). */
record AddressBlock(IpAddress base, int prefix) {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]+)(?:/(\\d{1,3}))?");

  /** Nothing where the text is none, or has bits set behind its prefix. */
  static Optional<AddressBlock> parse(String text) {
    Matcher parts = FORM.matcher(text);
    Optional<IpAddress> base = parts.matches() ? IpAddress.parse(parts.group(1)) : Optional.empty();
    if (base.isEmpty()) {
      return Optional.empty();
    }
    int bits = 8 * base.get().bytes().length;
    int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
    return prefix <= bits && isZeroFrom(base.get().bytes(), prefix)
        ? Optional.of(new AddressBlock(base.get(), prefix))
        : Optional.empty();
  }

  boolean contains(IpAddress address) {
    byte[] here = base.bytes();
    byte[] there = address.bytes();
    if (here.length != there.length) {
      return false;
    }
    for (int i = 0; i < there.length; i++) {
      there[i] ^= here[i];
    }
    return isZeroUntil(there, prefix);
  }

  private static boolean isZeroUntil(byte[] bytes, int end) {
    for (int bit = 0; bit < end; bit++) {
      if (isSet(bytes, bit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZeroFrom(byte[] bytes, int begin) {
    for (int bit = begin; bit < 8 * bytes.length; bit++) {
      if (isSet(bytes, bit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSet(byte[] bytes, int bit) {
    return (bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
  }
}
