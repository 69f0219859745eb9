package io.simplejwt.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1, 32);
  private final AtomicInteger hashes = new AtomicInteger();
  private final Argon2 fast = new BouncyCastleArgon2();
  private final Passwords passwords = new Passwords(this::counted, CHEAP);

  private byte[] counted(byte[] password, byte[] salt, Argon2Parameters parameters) {
    hashes.incrementAndGet();
    return fast.derive(password, salt, parameters);
  }

  @Test
  void matchesItsOwnHashOnly() {
    String stored = passwords.hash("correct horse battery");
    assertThat(stored).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(passwords.matches("correct horse battery", stored)).isTrue();
    assertThat(passwords.matches("correct horse batterY", stored)).isFalse();
    assertThat(passwords.matches("", stored)).isFalse();
    assertThat(passwords.hash("correct horse battery")).isNotEqualTo(stored);
  }

  /** It would take a core from the start: what stands for nobody's password may be random. */
  @Test
  void makesNoHashBeforeThereIsAPassword() {
    assertThat(hashes).hasValue(0);
  }

  @Test
  void usesTheParametersOfOwasp() {
    assertThat(Argon2Parameters.CURRENT).isEqualTo(new Argon2Parameters(19456, 2, 1, 32));
    assertThat(Argon2Parameters.SALT_LENGTH).isEqualTo(16);
  }

  @Test
  void takesTheSameLettersForTheSamePassword() {
    String stored = passwords.hash("caf\u00e9 \ufb01ve");
    assertThat(passwords.matches("cafe\u0301 five", stored)).isTrue();
  }

  @Test
  void cutsNothing() {
    String longest = "x".repeat(255);
    String stored = passwords.hash(longest + "y");
    assertThat(passwords.matches(longest + "z", stored)).isFalse();
    assertThat(passwords.matches(longest + "y", stored)).isTrue();
    String withNul = passwords.hash("before\u0000after");
    assertThat(passwords.matches("before\u0000", withNul)).isFalse();
    assertThat(passwords.matches("before", withNul)).isFalse();
  }

  /** One cost for every refusal. */
  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", "\ud800", "long"})
  void costsOneHashWhateverIsWrong(String password) {
    String tried = password.equals("long") ? "x".repeat(100_000) : password;
    String stored = passwords.hash("right");
    hashes.set(0);
    assertThat(passwords.matches(tried, stored)).isFalse();
    assertThat(hashes).hasValue(1);
    assertThat(passwords.matchNothing()).isFalse();
    assertThat(hashes).hasValue(2);
  }

  @Test
  void verifiesOlderParametersAndSaysThatTheyAreOutdated() {
    String old = passwords.hash("right");
    Passwords dearer = new Passwords(fast, new Argon2Parameters(128, 2, 1, 32));
    assertThat(dearer.matches("right", old)).isTrue();
    assertThat(dearer.isOutdated(old)).isTrue();
    assertThat(passwords.isOutdated(old)).isFalse();
    assertThat(passwords.isOutdated(dearer.hash("right"))).isFalse();
  }

  @Test
  void tellsNothingOfTheHashInErrors() {
    assertThatThrownBy(() -> passwords.matches("right", "$2b$10$secretsecret"))
        .hasMessageNotContaining("secret");
  }

  /** Whoever computes it: a store written by one is read by the other. */
  @Test
  void nativeAndJavaAgree() {
    Passwords inCode = new Passwords(new SodiumArgon2(), Argon2Parameters.CURRENT);
    Passwords inJava = new Passwords(new BouncyCastleArgon2(), Argon2Parameters.CURRENT);
    assertThat(inJava.matches("right", inCode.hash("right"))).isTrue();
    assertThat(inCode.matches("right", inJava.hash("right"))).isTrue();
    assertThat(inCode.matches("wrong", inJava.hash("right"))).isFalse();
  }

  /** It would read on behind a shorter one. */
  @Test
  void nativeCodeGetsTheSaltThatItReads() {
    Argon2 inCode = new SodiumArgon2();
    for (int length : new int[] {0, 8, 15, 17}) {
      assertThatThrownBy(
              () -> inCode.derive(new byte[5], new byte[length], Argon2Parameters.CURRENT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("salt of 16 bytes");
    }
  }

  @Test
  void fallsBackWhereNativeCodeDoesNotLoad() {
    Argon2 chosen =
        FastestArgon2.choose(
            () -> {
              throw new UnsatisfiedLinkError("no native code here");
            },
            BouncyCastleArgon2::new);
    assertThat(chosen).isInstanceOf(BouncyCastleArgon2.class);
    assertThat(FastestArgon2.choose()).isInstanceOf(SodiumArgon2.class);
  }

  @Test
  void refusesAnImplementationThatComputesSomethingElse() {
    Argon2 wrong = (password, salt, parameters) -> new byte[parameters.tagLength()];
    assertThat(FastestArgon2.choose(() -> wrong, BouncyCastleArgon2::new))
        .isInstanceOf(BouncyCastleArgon2.class);
    assertThatThrownBy(() -> FastestArgon2.choose(() -> wrong, () -> wrong))
        .isInstanceOf(IllegalStateException.class);
  }
}
