package io.simplejwt.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many wrong passwords are too many: {@code GUESSES_PER_ADDRESS}. */
@ConfigMapping(prefix = "guesses")
public interface GuessConfig {
  /** Within ten minutes, see {@link AddressLimit}; 10 to 1,000,000. */
  @WithDefault("100")
  int perAddress();
}
