package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRulesTest {
  @Test
  void acceptsRandomOnes() {
    assertThat(SecretRules.objection("4f1c9a0b7e2d83f65a1b0c9d8e7f6a5b")).isEmpty();
    assertThat(SecretRules.objection("$ecret-with-${dollars}-and-\u00fcmlauts-in-it")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "thirty-one-bytes-are-one-too-fe",
        "a secret with spaces, long enough as such",
        "a-secret-with-a-newline-at-its-end-\n",
        "a-secret-with-a-nul-\u0000-long-enough-as-such",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "myjwtsecret",
        "your-256-bit-secret",
        "a-string-secret-at-least-256-bits-long",
        "A-String-Secret-At-Least-256-Bits-Long"
      })
  void refusesWeakOnesWithoutRepeatingThem(String secret) {
    assertThat(SecretRules.objection(secret)).isPresent();
    if (!secret.isEmpty()) {
      assertThat(SecretRules.objection(secret).get()).doesNotContain(secret);
    }
  }
}
