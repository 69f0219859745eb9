package io.simplejwt.setting;

import io.quarkus.runtime.configuration.ConfigUtils;

/**
 * Whether the service runs with the development defaults: {@code mvn -Prun}, {@code mvn
 * quarkus:dev}.
 */
public final class Development {
  private Development() {}

  public static boolean active() {
    return ConfigUtils.isProfileActive("dev");
  }
}
