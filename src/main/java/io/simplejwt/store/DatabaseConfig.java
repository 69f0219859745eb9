package io.simplejwt.store;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/**
 * PostgreSQL instead of the embedded store: {@code DATABASE_URL}, {@code DATABASE_USERNAME}, and
 * {@code DATABASE_PASSWORD}, which is read as it stands.
 */
@ConfigMapping(prefix = "database")
public interface DatabaseConfig {
  /** As in {@code jdbc:postgresql://host:5432/accounts}. */
  Optional<String> url();

  Optional<String> username();
}
