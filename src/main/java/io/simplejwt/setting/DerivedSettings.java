package io.simplejwt.setting;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What the framework's own properties follow from our variables where an expression in {@code
 * application.properties} cannot say it: "is set", "in any case", "only if it is a number".
 *
 * <p>A bad value derives nothing; the start then refuses it by its own name, not by the
 * framework's.
 */
public final class DerivedSettings implements ConfigSourceFactory {
  // Above application.properties (250), below system properties (400) and the environment (300).
  private static final int ORDINAL = 275;
  private static final String BUILD = "PropertiesConfigSource[source=Build system]";
  private static final String MIGRATIONS = "org.flywaydb.core.internal.command.DbMigrate";

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    return isBuild(context) ? List.of() : List.of(derive(context));
  }

  /**
   * The build writes down what it is told as defaults; its environment is not the service's. It is
   * known by a source that the framework has in builds only, under that name.
   */
  private static boolean isBuild(ConfigSourceContext context) {
    return context.getConfigSources().stream().map(ConfigSource::getName).anyMatch(BUILD::equals);
  }

  private static ConfigSource derive(ConfigSourceContext context) {
    Map<String, String> derived = new HashMap<>();
    value(context, "log.level")
        .flatMap(LogLevel::parse)
        .ifPresent(level -> logFrom(derived, level));
    value(context, "log.format")
        .ifPresent(
            format ->
                derived.put(
                    "quarkus.log.console.json.enabled",
                    String.valueOf(format.strip().equalsIgnoreCase("json"))));
    value(context, "access.log")
        .flatMap(Switch::parse)
        .ifPresent(on -> derived.put("quarkus.log.category.\"access\".level", on ? "INFO" : "OFF"));
    value(context, "proxy.protocol")
        .flatMap(Switch::parse)
        .ifPresent(on -> derived.put("quarkus.http.proxy.use-proxy-protocol", on.toString()));
    value(context, "openapi")
        .flatMap(Switch::parse)
        .ifPresent(
            on -> {
              derived.put("quarkus.smallrye-openapi.enabled", on.toString());
              derived.put("quarkus.swagger-ui.enabled", on.toString());
            });
    // One for each core: of two on the same core each waits for the other's share of time.
    derived.put(
        "quarkus.vertx.event-loops-pool-size",
        String.valueOf(Runtime.getRuntime().availableProcessors()));
    value(context, "cors.origins")
        .flatMap(CorsOrigins::parse)
        .ifPresent(
            origins -> {
              derived.put("quarkus.http.cors.enabled", "true");
              derived.put("quarkus.http.cors.origins", String.join(",", origins));
            });
    value(context, "port")
        .flatMap(DerivedSettings::port)
        .ifPresent(port -> derived.put("quarkus.http.port", port.toString()));
    value(context, "management.port")
        .flatMap(DerivedSettings::port)
        .ifPresent(port -> derived.put("quarkus.management.port", port.toString()));
    return new PropertiesConfigSource(derived, "derived settings", ORDINAL);
  }

  /**
   * Categories with a level of their own in application.properties get no louder than asked for.
   */
  private static void logFrom(Map<String, String> derived, LogLevel level) {
    derived.put("quarkus.log.level", level.name());
    if (level.compareTo(LogLevel.INFO) < 0) {
      for (String category : List.of("org.flywaydb", MIGRATIONS)) {
        derived.put("quarkus.log.category.\"" + category + "\".level", level.name());
      }
    }
  }

  private static Optional<String> value(ConfigSourceContext context, String name) {
    return Optional.ofNullable(context.getValue(name))
        .map(ConfigValue::getValue)
        .filter(value -> !value.isBlank());
  }

  /** As the configuration interface reads it, so that both mean the same port. */
  private static Optional<Integer> port(String value) {
    try {
      return Optional.of(Integer.parseInt(value.strip())).filter(DerivedSettings::isPort);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Not 0, "any free one": the metrics library cannot tell two such servers apart. */
  static boolean isPort(int number) {
    return number >= 1 && number <= 65535;
  }
}
