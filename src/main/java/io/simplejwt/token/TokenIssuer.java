package io.simplejwt.token;

import io.quarkus.runtime.StartupEvent;
import io.simplejwt.setting.BadSetting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/** Makes tokens. */
@ApplicationScoped
public class TokenIssuer {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final int TOKEN_ID_BYTES = 16;

  private final TokenKeys keys;
  private final JwtConfig config;

  TokenIssuer(TokenKeys keys, JwtConfig config) {
    this.keys = keys;
    this.config = config;
  }

  /** That it is called at all has made the keys: a bad secret or algorithm stops the start. */
  void check(@Observes @Priority(2) StartupEvent start) {
    if (config.lifetime().compareTo(Duration.ofSeconds(1)) < 0) {
      throw new BadSetting(
          "JWT_LIFETIME",
          "is " + config.lifetime().toMillis() + " ms",
          "use a second or more, as in 15m or 1h");
    }
    if (config.lifetime().compareTo(LONGEST) > 0) {
      throw new BadSetting(
          "JWT_LIFETIME", "is " + config.lifetime().toDays() + " days", "use 3650d at most");
    }
    if (config.issuer().isBlank()) {
      throw new BadSetting("JWT_ISSUER", "is blank", "use a name, or the service's https address");
    }
  }

  /** How long a token lives that no session cuts short. */
  public Duration lifetime() {
    return config.lifetime();
  }

  /** A token for this account in this session. */
  public String issue(Subject subject, String sessionId, Instant now, Instant expiresAt) {
    Claims claims =
        new Claims(
            config.issuer(),
            config.audience(),
            subject.accountId(),
            subject.email(),
            subject.emailVerified(),
            subject.roles(),
            now,
            now,
            expiresAt,
            newTokenId(),
            sessionId);
    TokenKey key = keys.signing(now);
    ByteArrayOutputStream token = new ByteArrayOutputStream(512);
    token.writeBytes(key.header());
    token.write('.');
    token.writeBytes(TokenKey.encode(ClaimsJson.write(claims)));
    byte[] signature = key.sign(token.toByteArray(), token.size());
    token.write('.');
    token.writeBytes(signature);
    return token.toString(StandardCharsets.US_ASCII);
  }

  private static String newTokenId() {
    byte[] bytes = new byte[TOKEN_ID_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whom a token speaks of. */
  public record Subject(String accountId, String email, boolean emailVerified, Set<String> roles) {}
}
