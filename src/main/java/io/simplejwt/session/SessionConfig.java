package io.simplejwt.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a sign-in may last: {@code SESSION_LIFETIME}, {@code SESSION_IDLE}. */
@ConfigMapping(prefix = "session")
public interface SessionConfig {
  /** From the sign-in on, whatever happens; no token outlives it. */
  @WithDefault("14d")
  Duration lifetime();

  /**
   * Without a refresh. Long enough for a weekend; a refresh token always lives as long as the
   * access token beside it.
   */
  @WithDefault("3d")
  Duration idle();
}
