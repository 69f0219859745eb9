package io.simplejwt.http;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Which proxies are believed when they name the client: {@code TRUSTED_PROXIES}. */
@ConfigMapping(prefix = "trusted")
public interface ProxiesConfig {
  /** As in {@code 10.0.0.0/8 2001:db8::/32}, with spaces or commas in between. */
  Optional<String> proxies();
}
