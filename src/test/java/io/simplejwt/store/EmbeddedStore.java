package io.simplejwt.store;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** The service with sign-up open on an embedded store of its own, outside development. */
public class EmbeddedStore implements QuarkusTestProfile {
  public static final String ADMIN = "admin@example.org";
  public static final String ADMIN_PASSWORD = "the administrator's $pass ${word}";
  public static final String SECRET = "test-$ecret-${with}-signs-of-all-kinds";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    settings.put("JWT_SECRET", SECRET);
    settings.put("sign.up", "open");
    settings.put("password.min-length", "5");
    settings.put("admin.email", ADMIN);
    settings.put("ADMIN_PASSWORD", ADMIN_PASSWORD);
    settings.put("data.dir", newDirectory());
    return settings;
  }

  private static String newDirectory() {
    try {
      return Files.createTempDirectory("simple-jwt-api").resolve("made at start").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it stands outside development: nobody signs up, passwords are long. */
  public static final class Closed extends EmbeddedStore {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = super.getConfigOverrides();
      settings.remove("sign.up");
      settings.remove("password.min-length");
      return settings;
    }
  }

  /** The tests themselves are a proxy, and give each client an address. */
  public static final class BehindProxy extends EmbeddedStore {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = super.getConfigOverrides();
      settings.put("trusted.proxies", "127.0.0.0/8 10.0.0.0/8");
      return settings;
    }
  }
}
