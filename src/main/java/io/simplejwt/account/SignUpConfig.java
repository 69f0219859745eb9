package io.simplejwt.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who makes accounts: {@code SIGN_UP}. */
@ConfigMapping(prefix = "sign")
public interface SignUpConfig {
  @WithDefault("closed")
  Mode up();

  default boolean open() {
    return up() == Mode.OPEN;
  }

  enum Mode {
    /** Administrators only. */
    CLOSED,
    /** Anybody, by {@code POST /accounts} or by signing in with an email never seen. */
    OPEN
  }
}
