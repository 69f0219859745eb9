package io.simplejwt.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a key pair signs: {@code KEY_ROTATION}. */
@ConfigMapping(prefix = "key")
public interface KeyConfig {
  /** Then the next one takes over. Secrets are rotated by hand, see {@link SecretVariables}. */
  @WithDefault("30d")
  Duration rotation();
}
