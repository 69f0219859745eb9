package io.simplejwt.account;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/**
 * The first administrator: {@code ADMIN_EMAIL}, and {@code ADMIN_PASSWORD}, which is read as it
 * stands.
 */
@ConfigMapping(prefix = "admin")
public interface AdminConfig {
  Optional<String> email();
}
