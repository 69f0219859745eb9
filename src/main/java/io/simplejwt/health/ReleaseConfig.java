package io.simplejwt.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Which release this is: {@code RELEASE_VERSION} and {@code RELEASE_COMMIT}, which stand in the
 * image, and {@code RELEASE_COLOR}, which the deploy gives.
 */
@ConfigMapping(prefix = "release")
public interface ReleaseConfig {
  @WithDefault("unknown")
  String version();

  @WithDefault("unknown")
  String commit();

  /** {@code blue} or {@code green} where there are two, {@code none} elsewhere. */
  @WithDefault("none")
  String color();
}
