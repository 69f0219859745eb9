package io.simplejwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the build has written down as the service's defaults, which hold wherever it runs. */
class PackagedIT {
  private static final Path GENERATED =
      Path.of("target", "quarkus-app", "quarkus", "generated-bytecode.jar");
  private static final String DEFAULTS =
      "io/quarkus/runtime/generated/RunTimeConfigCustomizer.class";

  /**
   * What DerivedSettings makes of LOG_LEVEL, CORS_ORIGINS and others is for the environment in
   * which the service runs. The number of event loops stands for them, since it is always derived.
   */
  @Test
  void hasNothingOfTheEnvironmentOfItsBuild() throws Exception {
    try (JarFile generated = new JarFile(GENERATED.toFile())) {
      byte[] bytecode = generated.getInputStream(generated.getEntry(DEFAULTS)).readAllBytes();
      assertThat(new String(bytecode, ISO_8859_1))
          .contains("quarkus.http.idle-timeout")
          .doesNotContain("quarkus.vertx.event-loops-pool-size");
    }
  }
}
