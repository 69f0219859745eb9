package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a token at all. */
class StrictGateTest {
  private static final String ALPHABET = "abcXYZ019-_.=+/! \n\u0000\u00e9\u4e2d";

  @ParameterizedTest
  @ValueSource(strings = {"AAAA.AAAA.AAAA", "AA.AAA.AAAA", "-_-_.0000.zzzz"})
  void acceptsThreeCanonicalParts(String token) {
    assertThat(StrictGate.split(token)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "AAAA",
        "AAAA.AAAA",
        "AAAA.AAAA.",
        ".AAAA.AAAA",
        "AAAA..AAAA",
        "AAAA.AAAA.AAAA.AAAA",
        "AAAA.AAAA.AAAA.AAAA.AAAA",
        "AA==.AAAA.AAAA",
        "AAAA.AA==.AAAA",
        "AAAA.AAAA.AA==",
        "A+AA.AAAA.AAAA",
        "AAAA.A/AA.AAAA",
        "AAAA.AAAA.A!AA",
        " AAAA.AAAA.AAAA",
        "AAAA.AAAA.AAAA ",
        "AAAA.AAAA.AAAA\n",
        "AAAA. AAAA.AAAA",
        "AAAA.AA\u00e9A.AAAA",
        "AAAA.AAA\u0141.AAAA",
        "A%41A.AAAA.AAAA",
        "A.AAAA.AAAA",
        "AAAAA.AAAA.AAAA",
        "AB.AAAA.AAAA",
        "AAAA.AAB.AAAA",
        "AAAA.AAAA.AB",
        "{\"payload\":\"AAAA\",\"protected\":\"AAAA\",\"signature\":\"AAAA\"}"
      })
  void rejectsEverythingElse(String token) {
    assertThat(StrictGate.split(token)).isEmpty();
  }

  @Test
  void rejectsWhatIsTooLong() {
    String longest = "AAAA.AAAA." + "A".repeat(StrictGate.LONGEST - 12) + "AA";
    assertThat(longest).hasSize(StrictGate.LONGEST);
    assertThat(StrictGate.split(longest.substring(0, longest.length() - 2))).isPresent();
    assertThat(StrictGate.split(longest + "AAAA")).isEmpty();
  }

  /** Whatever it lets through decodes, and encodes to the same letters again. */
  @Test
  void letsOnlyCanonicalTextThrough() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int accepted = 0;
    for (int round = 0; round < 300_000; round++) {
      String text = randomText(random);
      if (StrictGate.split(text).isPresent()) {
        accepted++;
        assertThat(text.split("\\.", -1)).as("seed %d: %s", seed, text).hasSize(3);
        for (String part : text.split("\\.", -1)) {
          byte[] decoded = Base64.getUrlDecoder().decode(part);
          assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(decoded))
              .as("seed %d: %s", seed, text)
              .isEqualTo(part);
        }
      }
    }
    assertThat(accepted).as("seed %d", seed).isPositive(); // or the test has seen nothing
  }

  @ParameterizedTest
  @EnumSource(Forge.class)
  void neverFailsOtherwise(Forge forge) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TokenVerifier verifier = forge.verifier(Forge.NOW);
    String honest = forge.honest();
    for (int round = 0; round < 100_000; round++) {
      StringBuilder token = new StringBuilder(honest);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int from = random.nextInt(token.length());
        token.replace(from, Math.min(token.length(), from + random.nextInt(9)), randomText(random));
        token.append('A');
      }
      String text = token.toString();
      assertThatCode(() -> verifier.verify(text)).as("seed %d", seed).doesNotThrowAnyException();
    }
  }

  private static String randomText(Random random) {
    int letters = random.nextInt(4) == 0 ? ALPHABET.length() : 12;
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(14); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(letters)));
    }
    return text.toString();
  }
}
