package io.simplejwt.setting;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Hides the description of the calls, which the build has written, from the extension where it is
 * not served: each start would read it and write it anew, in JSON and in YAML, and that was a fifth
 * of what a start computes.
 */
@ApplicationScoped
class UnservedDescription {
  private static final ClassLoader NOTHING = new ClassLoader(null) {};

  /** Before the extension's own start, when no setting but the raw one can be read. */
  void hide(@Observes @Initialized(ApplicationScoped.class) Object context) {
    boolean served =
        ConfigProvider.getConfig()
            .getOptionalValue("openapi", String.class)
            .flatMap(Switch::parse)
            .orElse(false);
    OpenApiConstants.classLoader = served ? null : NOTHING; // null is the extension's default
  }
}
