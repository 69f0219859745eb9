package io.simplejwt.token;

import io.simplejwt.store.Database;
import io.simplejwt.token.Verdict.Valid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** One replica as far as keys go, with a clock that tests set. */
final class Replica {
  static final Duration ROTATION = Duration.ofDays(30);

  final TokenKeys keys = new TokenKeys();
  final KeyFollower follower;
  final KeyRotation rotation;
  private final JwtConfig config;
  private final SetClock clock;

  Replica(
      SigningKeyStore store, Database database, Secrets secrets, JwtConfig config, Instant start) {
    this.config = config;
    clock = new SetClock(start);
    KeySeal seal = new KeySeal(secrets);
    follower = new KeyFollower(store, seal, keys);
    rotation = new KeyRotation(store, database, seal, follower, () -> ROTATION, config, clock);
  }

  /** What the service does at start. */
  Replica start() {
    rotation.start(null);
    return this;
  }

  Replica at(Instant now) {
    clock.now = now;
    return this;
  }

  String sign() {
    return Forge.honest(keys, config, clock.now);
  }

  boolean accepts(String token) {
    return new TokenVerifier(keys, new RevocationList(), config, clock).verify(token)
        instanceof Valid;
  }

  /** The ids that others can see now. */
  List<String> published() {
    return keys.published(clock.now).stream().map(Jwk::kid).toList();
  }

  String signingId() {
    return keys.signing(clock.now).keyId();
  }

  static JwtConfig config(String algorithm) {
    return Forge.config(algorithm, Optional.empty());
  }

  private static final class SetClock extends Clock {
    private volatile Instant now;

    SetClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
