package io.simplejwt.setting;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The levels of {@code LOG_LEVEL}: the log manager's own names and Python's, in any case. */
enum LogLevel {
  FATAL,
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  private static final Map<String, LogLevel> PYTHON =
      Map.of("CRITICAL", FATAL, "WARNING", WARN, "NOTSET", TRACE);

  static Optional<LogLevel> parse(String name) {
    String upper = name.trim().toUpperCase(Locale.ROOT);
    for (LogLevel level : values()) {
      if (level.name().equals(upper)) {
        return Optional.of(level);
      }
    }
    return Optional.ofNullable(PYTHON.get(upper));
  }
}
