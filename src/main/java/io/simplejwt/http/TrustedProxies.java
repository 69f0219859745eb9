package io.simplejwt.http;

import io.simplejwt.audit.IpAddress;
import io.simplejwt.setting.BadSetting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the client behind a chain of proxies.
 *
 * <p>Each proxy appends to {@code X-Forwarded-For} the address that spoke to it; whatever stands
 * further left was there before, and anybody may have written it. So the header is read from the
 * right, as long as the one who vouches for the next address is trusted. The first address that is
 * no trusted proxy's is the client's. Where an entry is no address, the last one known counts.
 */
final class TrustedProxies {
  // An address as it is, or with a port behind it, as some proxies write it.
  private static final Pattern ENTRY =
      Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?|([0-9.]+):\\d{1,5}|([0-9A-Fa-f:.]+)");

  private final List<AddressBlock> blocks;

  private TrustedProxies(List<AddressBlock> blocks) {
    this.blocks = blocks;
  }

  /** The proxies that {@code TRUSTED_PROXIES} lists. */
  static TrustedProxies parse(String text) {
    return new TrustedProxies(
        Arrays.stream(text.strip().split("[\\s,]+"))
            .filter(block -> !block.isEmpty())
            .map(TrustedProxies::block)
            .toList());
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  /**
   * The client's address.
   *
   * @param headers the values of {@code X-Forwarded-For}, in their order
   */
  IpAddress client(IpAddress peer, List<String> headers) {
    String[] entries = String.join(",", headers).split(",", -1);
    IpAddress client = peer;
    for (int i = entries.length - 1; i >= 0 && isTrusted(client); i--) {
      Optional<IpAddress> next = entry(entries[i].strip());
      if (next.isEmpty()) {
        return client;
      }
      client = next.get();
    }
    return client;
  }

  private boolean isTrusted(IpAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  private static Optional<IpAddress> entry(String text) {
    Matcher parts = ENTRY.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    for (int group = 1; group <= 3; group++) {
      if (parts.group(group) != null) {
        return IpAddress.parse(parts.group(group));
      }
    }
    return Optional.empty();
  }

  private static AddressBlock block(String text) {
    AddressBlock block =
        AddressBlock.parse(text)
            .orElseThrow(
                () ->
                    new BadSetting(
                        "TRUSTED_PROXIES",
                        "has \"" + text + "\"",
                        "use blocks as in 10.0.0.0/8 or 2001:db8::/32, with no bit set behind the"
                            + " prefix"));
    if (block.prefix() == 0) { // then anybody could write who he is
      throw new BadSetting(
          "TRUSTED_PROXIES", "has \"" + text + "\", which is everybody", "list the proxies only");
    }
    return block;
  }
}
