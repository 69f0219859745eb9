package io.simplejwt.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * What the tokens say and how long they live: {@code JWT_ISSUER}, {@code JWT_AUDIENCE}, {@code
 * JWT_LIFETIME}. {@code JWT_SECRET} and {@code JWT_VERIFY_SECRETS} are read as they stand, see
 * {@link Secrets}.
 */
@ConfigMapping(prefix = "jwt")
public interface JwtConfig {
  /** The claim {@code iss}; tokens with another one are refused. */
  @WithDefault("simple-jwt-api")
  String issuer();

  /** The claim {@code aud}, where set; tokens without it are refused then. */
  Optional<String> audience();

  @WithDefault("1h")
  Duration lifetime();
}
