package io.simplejwt.account;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportLineTest {
  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "[]", "{", "{} {}"})
  void refusesWhatIsNoObject(String line) {
    assertThatThrownBy(() -> ImportLine.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a JSON object");
  }
}
