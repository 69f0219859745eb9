package io.simplejwt.setting;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Whose scripts may call, in a browser: {@code CORS_ORIGINS}. */
@ConfigMapping(prefix = "cors")
public interface CorsConfig {
  /** As in {@code https://app.example.org}, with spaces or commas in between. */
  Optional<String> origins();
}
