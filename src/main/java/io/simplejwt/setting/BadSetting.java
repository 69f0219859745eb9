package io.simplejwt.setting;

import io.quarkus.runtime.configuration.ConfigurationException;

/** An environment variable that the service cannot start with. */
public final class BadSetting extends ConfigurationException {
  /**
   * @param variable the environment variable's name
   * @param problem what is wrong with it, without the value where that is a secret
   * @param remedy what would be right
   */
  public BadSetting(String variable, String problem, String remedy) {
    super(variable + " " + problem + ": " + remedy);
  }
}
