package io.simplejwt.setting;

import io.smallrye.config.Expressions;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads secrets and passwords as they stand: the usual way would expand {@code $} in them. */
public final class Verbatim {
  private Verbatim() {}

  /** The variable's value to the letter, or nothing where it is unset or empty. */
  public static Optional<String> read(String variable) {
    return Expressions.withoutExpansion(
        () ->
            Optional.ofNullable(ConfigProvider.getConfig().getConfigValue(variable).getValue())
                .filter(value -> !value.isEmpty()));
  }
}
