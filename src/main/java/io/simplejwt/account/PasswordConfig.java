package io.simplejwt.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a new password must be: {@code PASSWORD_MIN_LENGTH}. */
@ConfigMapping(prefix = "password")
public interface PasswordConfig {
  /** Characters, 1 to 64 (NIST SP 800-63B-4 §3.1.1.2). Below 8 the blocklist is off too. */
  @WithDefault("15")
  int minLength();
}
