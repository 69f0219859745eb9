package io.simplejwt.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether a load balancer tells the client's address by PROXY protocol: {@code PROXY_PROTOCOL}. */
@ConfigMapping(prefix = "proxy")
public interface ProxyProtocolConfig {
  /**
   * {@code on} or {@code off}. Where on, a connection that does not begin with it is refused, and
   * any that does is believed.
   */
  @WithDefault("off")
  String protocol();
}
