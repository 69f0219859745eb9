package io.simplejwt.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is remembered what happened: {@code AUDIT_RETENTION}. */
@ConfigMapping(prefix = "audit")
public interface AuditConfig {
  @WithDefault("90d")
  Duration retention();
}
