package io.simplejwt.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
  private static final Email OWNER = Email.parse("winston.churchill@example.org").get();
  private final PasswordPolicy strict = new PasswordPolicy(() -> 15);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery staple",
        "umbrella gravel seventeen",
        "wJ7#kq9z!Lm2xTp0",
        "\u5b89\u5168\u306a\u5408\u8a00\u8449\u3092\u4f7f\u3044\u307e\u3057\u3087\u3046\u306d\u5b89\u5fc3"
      })
  void acceptsLongOnesWithoutRulesOfComposition(String password) {
    assertThat(strict.objection(password, OWNER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwordpassword",
        "aaaaaaaaaaaaaaaaaaaa",
        "qwertyuiopasdfghjkl",
        "123456789012345678",
        "abcabcabcabcabcabc",
        "winston.churchill@example.org",
        "simple-jwt-api1"
      })
  void refusesGuessableOnesAndSaysWhy(String password) {
    assertThat(strict.objection(password, OWNER).get())
        .startsWith("The password is among the first that would be guessed: ")
        .hasSizeGreaterThan(60);
  }

  @Test
  void refusesShortOnesAndSaysHowLong() {
    assertThat(strict.objection("fourteen chars", OWNER).get())
        .contains("has 14 characters", "needs 15");
    // Counted as people count: sixteen code units, eight characters.
    assertThat(strict.objection("\ud83d\ude00".repeat(8), OWNER).get()).contains("has 8 char");
  }

  @Test
  void refusesMoreThan256Characters() {
    PasswordPolicy toy = new PasswordPolicy(() -> 1);
    assertThat(toy.objection("x".repeat(256), OWNER)).isEmpty();
    assertThat(toy.objection("x".repeat(257), OWNER).get()).contains("256");
    assertThat(toy.objection("\ufdfa".repeat(100), OWNER)).isPresent(); // long once normalised
    assertThat(toy.objection("x".repeat(1_000_000), OWNER)).isPresent();
  }

  @Test
  void refusesTextThatIsNoUnicode() {
    assertThat(new PasswordPolicy(() -> 1).objection("half \ud800 a pair", OWNER)).isPresent();
  }

  @Test
  void leavesToyPasswordsAloneBelowEight() {
    assertThat(new PasswordPolicy(() -> 1).objection("mypwd", OWNER)).isEmpty();
    assertThat(new PasswordPolicy(() -> 5).objection("mypwd", OWNER)).isEmpty();
    assertThat(new PasswordPolicy(() -> 8).objection("password", OWNER)).isPresent();
  }
}
