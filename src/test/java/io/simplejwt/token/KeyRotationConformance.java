package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplejwt.problem.ProblemException;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.store.Database;
import io.simplejwt.token.KeyChain.State;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for key pairs on either store: several replicas in one process, each with a clock. */
abstract class KeyRotationConformance {
  private static final Instant BEGIN = Forge.NOW;
  private static final Instant DUE = BEGIN.plus(Replica.ROTATION).minus(KeyRotation.AHEAD);
  private static final Instant SWITCH = BEGIN.plus(Replica.ROTATION);
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Secrets SECRETS = new Secrets(Forge.SECRET, List.of());

  @Inject SigningKeyStore store;
  @Inject Database database;

  @BeforeEach
  void emptyTable() {
    store.all().keys().forEach(key -> store.delete(key.id()));
  }

  @Test
  void firstKeySignsAtOnceAndOutlivesARestart() {
    String token = replica("ES256").start().sign();
    Replica restarted = replica("ES256").start();
    assertThat(restarted.accepts(token)).isTrue();
    assertThat(restarted.published()).hasSize(1);
  }

  @Test
  void nextIsPublishedAheadThenCurrentThenPreviousThenGone() {
    Replica one = replica("ES256").start();
    Replica other = replica("ES256").start();
    String first = one.signingId();

    one.at(DUE.minusSeconds(1)).rotation.maintain();
    assertThat(one.published()).containsExactly(first);
    one.at(DUE).rotation.maintain();
    assertThat(one.published()).hasSize(2);
    assertThat(one.signingId()).isEqualTo(first);
    other.follower.poll();
    assertThat(other.at(DUE).published()).isEqualTo(one.published()).contains(first);

    String last = one.at(SWITCH.minusSeconds(1)).sign();
    String next = one.at(SWITCH).signingId();
    assertThat(next).isNotEqualTo(first);
    assertThat(other.at(SWITCH).signingId()).isEqualTo(next); // without asking anybody
    assertThat(other.accepts(one.sign())).isTrue();
    assertThat(other.accepts(last)).isTrue();

    Instant end = SWITCH.plus(LIFE);
    assertThat(other.at(end).accepts(last)).isTrue(); // a second and the leeway are left
    assertThat(other.published()).contains(first);
    assertThat(other.at(end.plusSeconds(4)).accepts(last)).isFalse();
    assertThat(other.published()).containsExactly(next);
    other.rotation.maintain();
    assertThat(store.all().keys()).extracting(StoredKey::id).containsExactly(next);
  }

  /** Number 20 of the list: even a token that says it is good for years. */
  @Test
  void oldKeyIsGoodForNothingWhenItIsGone() {
    Replica replica = replica("EdDSA").start();
    TokenKeys stolen = new TokenKeys(replica.keys.signing(BEGIN), List.of());
    replica.at(DUE).rotation.maintain();
    Instant after = SWITCH.plus(LIFE).plusSeconds(4);
    String forged = Forge.honest(stolen, Replica.config("EdDSA"), after.minusSeconds(1));
    assertThat(replica.at(after.minusSeconds(1)).accepts(forged)).isTrue();
    assertThat(replica.at(after).accepts(forged)).isFalse(); // with no word from the store
    replica.rotation.maintain();
    assertThat(replica.accepts(forged)).isFalse();
  }

  @Test
  void signsOnWhereNobodyCouldRotateInTime() {
    Replica late = replica("ES256").start();
    String first = late.signingId();
    Instant muchLater = SWITCH.plus(Replica.ROTATION);
    late.at(muchLater).rotation.maintain();
    assertThat(late.signingId()).isEqualTo(first); // until the next one has been published
    assertThat(late.at(muchLater.plus(KeyRotation.AHEAD)).signingId()).isNotEqualTo(first);
  }

  @Test
  void manyReplicasMakeOneFirstKey() throws Exception {
    List<Replica> replicas = IntStream.range(0, 8).mapToObj(i -> replica("ES256")).toList();
    atOnce(replicas, Replica::start);
    assertThat(store.all().keys()).hasSize(1);
    assertThat(replicas).extracting(Replica::signingId).containsOnly(replicas.get(0).signingId());
  }

  @Test
  void manyReplicasRotateOnce() throws Exception {
    List<Replica> replicas = IntStream.range(0, 8).mapToObj(i -> replica("EdDSA").start()).toList();
    atOnce(replicas, replica -> replica.at(DUE).rotation.maintain());
    assertThat(store.all().keys()).hasSize(2);
    atOnce(replicas, replica -> replica.rotation.rotate(false, () -> {}));
    assertThat(store.all().keys()).hasSize(2);
    assertThat(replicas).extracting(Replica::published).containsOnly(replicas.get(0).published());
  }

  @Test
  void administratorRotatesBeforeTime() {
    Replica replica = replica("ES256").start();
    String token = replica.sign();
    assertThat(replica.rotation.rotate(false, () -> {}))
        .extracting(KeyFollower.Description::state)
        .containsExactly(State.NEXT, State.CURRENT);
    assertThat(replica.rotation.rotate(false, () -> {})).hasSize(2); // one is on its way already
    replica.at(BEGIN.plus(KeyRotation.AHEAD));
    assertThat(replica.rotation.rotate(false, () -> {}))
        .extracting(KeyFollower.Description::state)
        .containsExactly(State.NEXT, State.CURRENT, State.PREVIOUS);
    assertThat(replica.accepts(token)).isTrue();
  }

  /** Number 20 once more: what leaked is worth nothing from now on. */
  @Test
  void leakedKeyIsDroppedAtOnce() {
    Replica replica = replica("ES256").start();
    Replica other = replica("ES256").start();
    String token = replica.sign();
    replica.rotation.rotate(false, () -> {});
    replica.rotation.rotate(true, () -> {});
    assertThat(replica.accepts(token)).isFalse();
    assertThat(replica.published()).containsExactly(replica.signingId());
    assertThat(other.accepts(token)).isTrue();
    other.follower.poll();
    assertThat(other.accepts(token)).isFalse();
    assertThat(other.accepts(replica.sign())).isTrue();
  }

  @Test
  void anotherAlgorithmIsARotation() {
    Replica old = replica("ES256").start();
    String token = old.sign();
    Replica changed = replica("EdDSA").at(BEGIN.plusSeconds(60)).start();
    assertThat(changed.accepts(token)).isTrue();
    String between = changed.sign();
    assertThat(between).startsWith(token.substring(0, token.indexOf('.')));

    Instant later = BEGIN.plusSeconds(60).plus(KeyRotation.AHEAD);
    changed.at(later);
    assertThat(changed.published()).first().isEqualTo(changed.signingId());
    assertThat(changed.keys.published(later))
        .extracting(Jwk::alg)
        .containsExactly("EdDSA", "ES256");
    assertThat(changed.accepts(between)).isTrue();
    old.follower.poll();
    assertThat(old.at(later).accepts(changed.sign())).isTrue(); // the other colour of a deploy
    changed.at(later.plus(LIFE).plusSeconds(4)).rotation.maintain();
    assertThat(changed.keys.published(later)).extracting(Jwk::alg).containsExactly("EdDSA");
  }

  /** Each waits until the other one's key has come into use, and the last one left wins. */
  @Test
  void coloursOfTwoAlgorithmsMakeNoHeapOfKeys() {
    Replica blue = replica("ES256").start();
    Replica green = replica("EdDSA").start();
    for (int second = 0; second <= 3600; second += 30) {
      blue.at(BEGIN.plusSeconds(second)).rotation.maintain();
      green.at(BEGIN.plusSeconds(second)).rotation.maintain();
      assertThat(green.accepts(blue.sign())).isTrue();
      assertThat(blue.accepts(green.sign())).isTrue();
    }
    assertThat(store.all().keys()).hasSizeLessThanOrEqualTo(8);
    Instant alone = BEGIN.plus(KeyRotation.AHEAD.multipliedBy(9));
    green.at(alone).rotation.maintain();
    green.at(alone.plus(KeyRotation.AHEAD)).rotation.maintain();
    assertThat(green.keys.published(alone).get(0).alg()).isEqualTo("EdDSA");
  }

  /** README's three steps, and each deploy's two colours beside each other. */
  @Test
  void secretIsReplacedInThreeStepsAndThePairsStay() {
    String next = Forge.SECRET + "-next";
    Replica first = replica("ES256").start();
    String token = first.sign();
    Replica announced = replica("ES256", new Secrets(Forge.SECRET, List.of(next))).start();
    Replica switched = replica("ES256", new Secrets(next, List.of(Forge.SECRET))).start();
    assertThat(announced.accepts(switched.sign())).isTrue();
    announced.rotation.rotate(false, () -> {}); // the older colour still makes a key of its own
    switched.rotation.maintain();
    announced.rotation.maintain(); // and leaves alone what the newer one did
    replica("ES256", new Secrets(Forge.SECRET, List.of(next))).start();

    Replica after = replica("ES256", new Secrets(next, List.of())).start();
    assertThat(after.accepts(token)).isTrue();
    assertThat(after.published()).hasSize(2).contains(first.signingId());
  }

  @Test
  void refusesToStartWithASecretThatOpensNothing() {
    Replica first = replica("ES256").start();
    StoredKey row = store.all().newest().orElseThrow();
    Replica stranger = replica("EdDSA", new Secrets(Forge.SECRET + "-other", List.of()));
    assertThatThrownBy(stranger::start)
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith("JWT_SECRET does not open")
        .hasMessageContaining("JWT_VERIFY_SECRETS")
        .hasMessageNotContaining(Forge.SECRET);
    assertThat(store.all().keys()).containsExactly(row); // and has written nothing
    first.follower.poll();
    assertThat(first.accepts(first.sign())).isTrue();
  }

  /** One replica of a deploy already gives tokens a longer life than the one that made the key. */
  @Test
  void keyVerifiesForTheLongestLifeThatAnyReplicaGives() {
    Replica patient = new Replica(store, database, SECRETS, longer(), BEGIN);
    replica("ES256").start();
    patient.start();
    patient.at(DUE).rotation.maintain();
    StoredKey old = store.all().keys().get(1);
    assertThat(store.all().verifiesUntil(old))
        .isEqualTo(SWITCH.plus(Duration.ofDays(2)).plusSeconds(4));
    replica("ES256").at(DUE).start();
    assertThat(store.all().keys().get(1)).isEqualTo(old);
  }

  @Test
  void keyThatARowPretendsIsNotBelieved() {
    Replica replica = replica("ES256").start();
    PairKey own = PairKey.generate(PairAlgorithm.ES256);
    StoredKey real = store.all().newest().orElseThrow();
    store.insert(
        new StoredKey(
            own.keyId(),
            "ES256",
            Base64.getEncoder().encodeToString(own.publicHalf()),
            real.privateKey(),
            BEGIN.plusSeconds(1),
            LIFE));
    replica.at(BEGIN.plusSeconds(2)).follower.poll();
    String forged = Forge.honest(new TokenKeys(own, List.of()), Replica.config("ES256"), BEGIN);
    assertThat(replica.accepts(forged)).isFalse();
    assertThat(replica.published()).containsExactly(real.id());
    assertThat(replica.accepts(replica.sign())).isTrue();
  }

  @Test
  void secretsAreNotRotatedByCall() {
    Replica replica = replica("HS256").start();
    replica.rotation.maintain();
    replica.follower.poll();
    assertThat(store.all().keys()).isEmpty();
    assertThatThrownBy(() -> replica.rotation.rotate(false, () -> {}))
        .isInstanceOf(ProblemException.class);
    assertThat(store.all().keys()).isEmpty();
  }

  private Replica replica(String algorithm) {
    return replica(algorithm, SECRETS);
  }

  private Replica replica(String algorithm, Secrets secrets) {
    return new Replica(store, database, secrets, Replica.config(algorithm), BEGIN);
  }

  private static JwtConfig longer() {
    JwtConfig usual = Replica.config("ES256");
    return new JwtConfig() {
      @Override
      public String algorithm() {
        return usual.algorithm();
      }

      @Override
      public String issuer() {
        return usual.issuer();
      }

      @Override
      public Optional<String> audience() {
        return usual.audience();
      }

      @Override
      public Duration lifetime() {
        return Duration.ofDays(2);
      }
    };
  }

  private interface Action {
    void on(Replica replica);
  }

  private static void atOnce(List<Replica> replicas, Action action) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(replicas.size());
    CountDownLatch go = new CountDownLatch(replicas.size());
    try {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (Replica replica : replicas) {
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  go.countDown();
                  awaitAll(go);
                  action.on(replica);
                },
                threads));
      }
      all.forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }
  }

  private static void awaitAll(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
