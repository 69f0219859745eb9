package io.simplejwt.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** The port of the interface: {@code PORT}. */
@ConfigMapping(prefix = "port")
public interface PortConfig {
  /** 1 to 65535. */
  @WithParentName
  @WithDefault("8080")
  int number();
}
