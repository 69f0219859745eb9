package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.token.StoredKey.Sealed;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row opens for who knows the secret, as it was written or not at all. */
class KeySealTest {
  private static final String SECRET = Forge.SECRET;
  private static final String NEXT = SECRET + "-next";

  private final KeySeal seal = new KeySeal(new Secrets(SECRET, List.of()));

  @ParameterizedTest
  @EnumSource
  void opensWhatItSealed(PairAlgorithm algorithm) {
    PairKey key = PairKey.generate(algorithm);
    PairKey opened = seal.open(row(key, seal.seal(key))).orElseThrow();
    assertThat(opened.keyId()).isEqualTo(key.keyId());
    assertThat(opened.header()).isEqualTo(key.header());
    assertThat(opened.privateHalf()).isEqualTo(key.privateHalf());
  }

  @Test
  void sealsTheSameKeyDifferentlyEachTime() {
    PairKey key = PairKey.generate(PairAlgorithm.EDDSA);
    assertThat(seal.seal(key)).isNotEqualTo(seal.seal(key));
  }

  @Test
  void opensByTheSecretThatTheRowNames() {
    PairKey key = PairKey.generate(PairAlgorithm.ES256);
    StoredKey old = row(key, seal.seal(key));
    KeySeal switched = new KeySeal(new Secrets(NEXT, List.of(SECRET)));
    assertThat(switched.open(old)).isPresent();

    KeySeal after = new KeySeal(new Secrets(NEXT, List.of()));
    assertThat(after.open(old)).isEmpty();
    assertThat(after.open(row(key, switched.seal(key)))).isPresent();
    // Even where somebody writes the other secret's name into the row.
    Sealed renamed = resealed(after.seal(key), Base64.getDecoder().decode(old.privateKey().text()));
    assertThat(after.open(row(key, renamed))).isEmpty();
  }

  /** README's three deploys: each colour finds what the other one left, in whatever order. */
  @Test
  void sealsAnewForTheNewerSecretOnly() {
    PairKey key = PairKey.generate(PairAlgorithm.ES256);
    KeySeal announced = new KeySeal(new Secrets(SECRET, List.of(NEXT)));
    KeySeal switched = new KeySeal(new Secrets(NEXT, List.of(SECRET)));
    StoredKey old = row(key, seal.seal(key));
    assertThat(announced.sealAnew(old)).isEmpty();
    StoredKey anew = row(key, switched.sealAnew(old).orElseThrow());
    assertThat(new KeySeal(new Secrets(NEXT, List.of())).open(anew)).isPresent();
    assertThat(switched.sealAnew(anew)).isEmpty();
    assertThat(announced.sealAnew(anew)).isEmpty();
    assertThat(announced.open(anew)).isPresent();
    assertThat(seal.sealAnew(anew)).isEmpty(); // does not know the next one
  }

  /** Whoever can write to the store but does not know the secret gets no key believed. */
  @Test
  void opensNoRowThatWasChanged() {
    PairKey key = PairKey.generate(PairAlgorithm.ES256);
    PairKey other = PairKey.generate(PairAlgorithm.ES256);
    PairKey edwards = PairKey.generate(PairAlgorithm.EDDSA);
    Sealed sealed = seal.seal(key);
    assertThat(seal.open(row(other, sealed))).isEmpty(); // a whole key of his own, our seal
    assertThat(seal.open(row(key.keyId(), "ES256", other, sealed))).isEmpty();
    assertThat(seal.open(row(key.keyId(), "EdDSA", edwards, sealed))).isEmpty();
    assertThat(seal.open(row(key.keyId(), "EdDSA", key, sealed))).isEmpty();
    assertThat(seal.open(row(key.keyId(), "HS256", key, sealed))).isEmpty();
    byte[] whole = Base64.getDecoder().decode(sealed.text());
    for (int i = 0; i < whole.length; i++) {
      whole[i] ^= 1;
      assertThat(seal.open(row(key, resealed(sealed, whole)))).as("byte %d", i).isEmpty();
      whole[i] ^= 1;
    }
    assertThat(seal.open(row(key, resealed(sealed, new byte[0])))).isEmpty();
    assertThat(seal.open(row(key, resealed(sealed, new byte[12])))).isEmpty();
    assertThat(seal.open(row(key, new Sealed(sealed.secretId(), Optional.empty(), "%")))).isEmpty();
    assertThat(seal.open(row(key, resealed(sealed, whole)))).isPresent();
  }

  private static Sealed resealed(Sealed sealed, byte[] whole) {
    return new Sealed(
        sealed.secretId(), sealed.before(), Base64.getEncoder().encodeToString(whole));
  }

  private static StoredKey row(PairKey key, Sealed sealed) {
    return row(key.keyId(), key.algorithm().wireName(), key, sealed);
  }

  private static StoredKey row(String id, String algorithm, PairKey publicHalf, Sealed sealed) {
    String encoded = Base64.getEncoder().encodeToString(publicHalf.publicHalf());
    return new StoredKey(id, algorithm, encoded, sealed, Forge.NOW, Duration.ofHours(1));
  }
}
