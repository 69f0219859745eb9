package io.simplejwt.token;

import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.Development;
import io.simplejwt.setting.Verbatim;
import io.simplejwt.store.DataConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads {@code JWT_SECRET} and {@code JWT_VERIFY_SECRETS}, and refuses weak ones. */
class SecretVariables {
  private static final Logger LOG = Logger.getLogger(SecretVariables.class);
  private static final String REMEDY =
      "use 32 random bytes, as the command `openssl rand -hex 32` makes them";

  @Produces
  @Singleton
  Secrets secrets(DataConfig data) {
    List<String> others =
        Verbatim.read("JWT_VERIFY_SECRETS").stream()
            .flatMap(all -> Arrays.stream(all.strip().split("\\s+")))
            .filter(secret -> !secret.isEmpty())
            .toList();
    others.forEach(secret -> check("JWT_VERIFY_SECRETS", secret));
    return new Secrets(current(data), others);
  }

  /** With key pairs it is empty until {@link KeyFollower} has read the store. */
  @Produces
  @Singleton
  TokenKeys keys(Secrets secrets, JwtConfig config) {
    return PairAlgorithm.configured(config).isPresent()
        ? new TokenKeys()
        : new TokenKeys(
            TokenKey.of(secrets.current()), secrets.others().stream().map(TokenKey::of).toList());
  }

  private static String current(DataConfig data) {
    Optional<String> given = Verbatim.read("JWT_SECRET");
    if (given.isPresent()) {
      check("JWT_SECRET", given.get());
      return given.get();
    }
    if (!Development.active()) {
      throw new BadSetting("JWT_SECRET", "is not set", REMEDY);
    }
    return DevelopmentSecret.in(Path.of(data.dir()));
  }

  private static void check(String variable, String secret) {
    SecretRules.objection(secret)
        .ifPresent(
            objection -> {
              if (!Development.active()) {
                throw new BadSetting(variable, objection, REMEDY);
              }
              LOG.warnf("%s %s: good enough for development only", variable, objection);
            });
  }
}
