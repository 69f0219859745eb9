package io.simplejwt.token;

import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jboss.logging.Logger;

/** A random secret for development, kept beside the store so that a restart signs nobody out. */
final class DevelopmentSecret {
  private static final Logger LOG = Logger.getLogger(DevelopmentSecret.class);
  private static final int BYTES = 32;

  private DevelopmentSecret() {}

  static String in(Path directory) {
    Path file = directory.resolve("development-jwt-secret");
    try {
      OwnerOnly.makeDirectory(directory);
      if (!Files.exists(file) || Files.size(file) == 0) {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        OwnerOnly.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
      }
      LOG.warnf("JWT_SECRET is not set: signing with a random one kept in %s", file);
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new BadSetting(
          "DATA_DIR", "cannot be written (" + e.getMessage() + ")", "use another directory");
    }
  }
}
