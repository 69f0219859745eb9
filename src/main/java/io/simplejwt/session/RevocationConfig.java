package io.simplejwt.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How old the revocation list may become while the store is away: {@code REVOCATION_MAX_AGE}. */
@ConfigMapping(prefix = "revocation")
public interface RevocationConfig {
  /** Longer than a managed database takes to fail over. */
  @WithDefault("5m")
  Duration maxAge();
}
