package io.simplejwt.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is logged, and in which form: {@code LOG_LEVEL}, {@code LOG_FORMAT}. */
@ConfigMapping(prefix = "log")
public interface LogConfig {
  /**
   * {@code DEBUG}, {@code INFO}, {@code WARNING}, {@code ERROR} or {@code CRITICAL}, in any case.
   */
  @WithDefault("INFO")
  String level();

  @WithDefault("text")
  Format format();

  enum Format {
    TEXT,
    JSON
  }
}
