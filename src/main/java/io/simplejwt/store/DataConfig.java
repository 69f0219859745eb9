package io.simplejwt.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the embedded store lives: {@code DATA_DIR}. */
@ConfigMapping(prefix = "data")
public interface DataConfig {
  String DEFAULT = "./data";

  /** Made at start where it does not exist, for this user only. */
  @WithDefault(DEFAULT)
  String dir();
}
