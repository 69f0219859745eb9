package io.simplejwt.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The port of health checks and metrics: {@code MANAGEMENT_PORT}. */
@ConfigMapping(prefix = "management")
public interface ManagementConfig {
  /** 1 to 65535. */
  @WithDefault("9000")
  int port();
}
