package io.simplejwt.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Whether {@code /q/openapi} and {@code /q/swagger-ui} are served: {@code OPENAPI}. */
@ConfigMapping(prefix = "openapi")
public interface OpenApiConfig {
  /** {@code on} or {@code off}; in development on. */
  @WithParentName
  @WithDefault("off")
  String served();
}
