package io.simplejwt.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a sign-in may last: {@code SESSION_LIFETIME}. */
@ConfigMapping(prefix = "session")
public interface SessionConfig {
  /** From the sign-in on, whatever happens; no token outlives it. */
  @WithDefault("14d")
  Duration lifetime();
}
