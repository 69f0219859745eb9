package io.simplejwt.setting;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something that is on or off. The framework's own converter takes any typing error for "off". */
final class Switch {
  private static final List<String> ON = List.of("on", "true", "yes", "1");
  private static final List<String> OFF = List.of("off", "false", "no", "0");

  private Switch() {}

  static Optional<Boolean> parse(String value) {
    String lower = value.strip().toLowerCase(Locale.ROOT);
    if (ON.contains(lower)) {
      return Optional.of(true);
    }
    return OFF.contains(lower) ? Optional.of(false) : Optional.empty();
  }
}
