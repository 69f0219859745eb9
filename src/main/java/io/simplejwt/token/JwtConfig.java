package io.simplejwt.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * What signs the tokens, what they say and how long they live: {@code JWT_ALGORITHM}, {@code
 * JWT_ISSUER}, {@code JWT_AUDIENCE}, {@code JWT_LIFETIME}. {@code JWT_SECRET} and {@code
 * JWT_VERIFY_SECRETS} are read as they stand, see {@link SecretVariables}.
 */
@ConfigMapping(prefix = "jwt")
public interface JwtConfig {
  /** {@code HS256}, {@code ES256} or {@code EdDSA}, see {@link PairAlgorithm}. */
  @WithDefault("HS256")
  String algorithm();

  /** The claim {@code iss}; tokens with another one are refused. */
  @WithDefault("simple-jwt-api")
  String issuer();

  /** The claim {@code aud}, where set; tokens without it are refused then. */
  Optional<String> audience();

  @WithDefault("1h")
  Duration lifetime();
}
