package io.simplejwt.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc@xyz.com", " a@b ", "a+tag@b", "\u4e2d@\u6587", "a b@c"})
  void acceptsWhatHasSomethingOnBothSides(String text) {
    assertThat(Email.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "@",
        "a",
        "a@",
        "@b",
        "a@@b",
        "a@b@c",
        "a\u0000@b",
        "a\n@b",
        "\ud800@b",
        "a\uff20b",
        "\u00a0@b",
        "a@\u3000",
        "a\uff20@b"
      })
  void refusesTheRest(String text) {
    assertThat(Email.parse(text)).isEmpty();
  }

  @Test
  void refusesMoreThan254Characters() {
    assertThat(Email.parse("a".repeat(252) + "@b")).isPresent();
    assertThat(Email.parse("a".repeat(253) + "@b")).isEmpty();
    // Short as written, long as compared: the ligature becomes eighteen letters.
    assertThat(Email.parse("\ufdfa".repeat(100) + "@b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "abc@xyz.com, ABC@XYZ.COM",
    "abc@xyz.com, ' abc@xyz.com '",
    "abc@xyz.com, \u00a0abc@xyz.com\u3000",
    "stra\u00dfe@b, STRASSE@b",
    "caf\u00e9@b, cafe\u0301@b",
    "abc@xyz.com, \uff41bc@xyz.com",
    "\u03c3@b, \u03c2@b"
  })
  void treatsOtherSpellingsAsTheSame(String one, String other) {
    assertThat(Email.parse(one).get().key()).isEqualTo(Email.parse(other).get().key());
  }

  @ParameterizedTest
  @CsvSource({"abc@xyz.com, abc+x@xyz.com", "a.b@c, ab@c", "abc@xyz.com, \u0430bc@xyz.com"})
  void keepsDifferentOnesApart(String one, String other) {
    assertThat(Email.parse(one).get().key()).isNotEqualTo(Email.parse(other).get().key());
  }

  @Test
  void keepsWhatItsOwnerWrote() {
    assertThat(Email.parse(" Abc@Xyz.com ").get().written()).isEqualTo("Abc@Xyz.com");
  }
}
