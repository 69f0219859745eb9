package io.simplejwt.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether each request is logged: {@code ACCESS_LOG}. It costs a third of a core's throughput. */
@ConfigMapping(prefix = "access")
public interface AccessLogConfig {
  /** {@code on} or {@code off}. */
  @WithDefault("off")
  String log();
}
