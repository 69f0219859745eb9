package io.simplejwt.token;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.store.Database;
import io.simplejwt.store.Schema;
import io.simplejwt.token.KeyChain.State;
import io.simplejwt.token.KeyFollower.Description;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes key pairs and lets them take over from each other. Does nothing under HS256.
 *
 * <p>A rotation is one new row whose {@code signs_from} lies {@link #AHEAD} in the future. From
 * then on every replica does the rest by its own clock: it publishes the key, signs with it when
 * its time has come, and trusts the one before it until that one's last token has expired ({@link
 * KeyChain}). Replicas take turns at the store, and each decides on what it finds when its turn has
 * come; so many of them rotate once.
 *
 * <p>Bounds: a replica knows a new row after {@link KeyFollower#POLL}, a verifier elsewhere after
 * {@link #CACHED}, and nothing is signed with it before {@link #AHEAD}. So a token whose key a
 * replica does not know is a forgery, unless that replica has not reached the store for ten
 * minutes; it answers nothing by then, since its revocation list is too old as well. The exceptions
 * are the first key of a store and the one after a leak, which sign at once: for {@link
 * KeyFollower#POLL} other replicas, and for {@link #CACHED} such verifiers as do not ask again for
 * an unknown {@code kid}, refuse its tokens.
 *
 * <p>Another {@code JWT_ALGORITHM} is a rotation too: what ES256 signed stays good under EdDSA
 * until it expires. HS256 has no part in this: where there are pairs, no secret verifies.
 */
@Singleton
public class KeyRotation {
  /** How long others may keep the JWK set. */
  static final Duration CACHED = Duration.ofMinutes(5);

  /** How long a key is published before it signs; twice what others may have cached. */
  static final Duration AHEAD = Duration.ofMinutes(10);

  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final Logger LOG = Logger.getLogger(KeyRotation.class);

  private final Optional<PairAlgorithm> algorithm;
  private final SigningKeyStore store;
  private final Database database;
  private final KeySeal seal;
  private final KeyFollower follower;
  private final KeyConfig config;
  private final Duration tokenLife;
  private final Clock clock;

  KeyRotation(
      SigningKeyStore store,
      Database database,
      KeySeal seal,
      KeyFollower follower,
      KeyConfig config,
      JwtConfig tokens,
      Clock clock) {
    this.algorithm = PairAlgorithm.configured(tokens);
    this.store = store;
    this.database = database;
    this.seal = seal;
    this.follower = follower;
    this.config = config;
    this.tokenLife = tokens.lifetime();
    this.clock = clock;
  }

  void check(@Observes @Priority(2) StartupEvent start) {
    if (config.rotation().compareTo(SHORTEST) < 0 || config.rotation().compareTo(LONGEST) > 0) {
      throw new BadSetting("KEY_ROTATION", "is " + config.rotation(), "use 1h to 3650d, as in 30d");
    }
  }

  void start(@Observes @Priority(Schema.READY) StartupEvent start) {
    if (algorithm.isPresent()) {
      requireOpen(store.all(), clock.instant()); // before anything is written under a wrong secret
      maintain();
    }
  }

  private void requireOpen(KeyChain chain, Instant now) {
    for (StoredKey key : chain.keys()) {
      if (chain.stateOf(key, now) != State.GONE && seal.open(key).isEmpty()) {
        throw new BadSetting(
            "JWT_SECRET",
            "does not open the signing keys in the store, nor does JWT_VERIFY_SECRETS",
            "put the secret that they were made under into JWT_VERIFY_SECRETS; if it is lost, empty"
                + " the table signing_key, and everybody signs in again");
      }
    }
  }

  /** Whatever time has made due. */
  @Scheduled(every = "1m", delayed = "1m")
  void maintain() {
    if (algorithm.isPresent()) {
      change(
          now -> {
            forgetGone(now);
            store.raiseTokenLife(tokenLife);
            sealAnew();
            takeOver(now);
          });
    }
  }

  /**
   * A new key, ahead of its time as always; where one is on its way already, none. If a key has
   * leaked, the new one signs at once and all others are dropped: their tokens end with them.
   *
   * @param record runs in the transaction that changes the keys
   */
  List<Description> rotate(boolean leaked, Runnable record) {
    if (algorithm.isEmpty()) {
      throw Problem.of(
              Reason.NO_KEY_PAIRS, "JWT_ALGORITHM is HS256: replace JWT_SECRET, as README tells")
          .exception();
    }
    change(
        now -> {
          KeyChain chain = store.all();
          if (leaked) {
            chain.keys().forEach(key -> store.delete(key.id()));
            insert(now);
            record.run();
          } else if (chain.newest().filter(key -> key.signsFrom().isAfter(now)).isEmpty()) {
            insert(now.plus(AHEAD));
            record.run();
          }
        });
    return follower.describe(clock.instant());
  }

  private interface Change {
    void at(Instant now);
  }

  private void change(Change change) {
    database.inTransaction(
        () -> {
          store.takeTurn();
          change.at(clock.instant().truncatedTo(ChronoUnit.SECONDS)); // after the wait for the turn
          return null;
        });
    follower.follow();
  }

  private void forgetGone(Instant now) {
    KeyChain chain = store.all();
    for (StoredKey key : chain.keys()) {
      if (chain.stateOf(key, now) == State.GONE) {
        store.delete(key.id());
        LOG.infof("Forgot signing key %s", key.id());
      }
    }
  }

  /** Under the present JWT_SECRET, so that the one before it can be taken away. */
  private void sealAnew() {
    for (StoredKey key : store.all().keys()) {
      seal.sealAnew(key).ifPresent(anew -> store.reseal(key.id(), anew));
    }
  }

  private void takeOver(Instant now) {
    Optional<StoredKey> newest = store.all().newest();
    if (newest.isEmpty()) {
      insert(now); // nobody waits for it
      return;
    }
    Instant soonest = now.plus(AHEAD);
    Instant planned = newest.get().signsFrom().plus(config.rotation());
    boolean another = !newest.get().algorithm().equals(algorithm.orElseThrow().wireName());
    // Two colours with two algorithms take turns at this, ten minutes each, until one has gone.
    if (another && !newest.get().signsFrom().isAfter(now)) {
      insert(soonest);
    } else if (!planned.isAfter(soonest)) {
      insert(soonest);
    }
  }

  private void insert(Instant signsFrom) {
    PairKey key = PairKey.generate(algorithm.orElseThrow());
    String publicKey = Base64.getEncoder().encodeToString(key.publicHalf());
    store.insert(
        new StoredKey(
            key.keyId(),
            key.algorithm().wireName(),
            publicKey,
            seal.seal(key),
            signsFrom,
            tokenLife));
    LOG.infof(
        "Made signing key %s (%s), which signs from %s",
        key.keyId(), key.algorithm().wireName(), signsFrom);
  }
}
