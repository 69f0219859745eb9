package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 5869 appendix A.1 and A.3, of which the first 32 bytes are one block. */
  @Test
  void derivesTheStandardsVectors() {
    byte[] secret = HEX.parseHex("0b".repeat(22));
    assertThat(
            Hkdf.derive(
                secret,
                HEX.parseHex("000102030405060708090a0b0c"),
                HEX.parseHex("f0f1f2f3f4f5f6f7f8f9")))
        .isEqualTo(
            HEX.parseHex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    assertThat(Hkdf.derive(secret, new byte[32], new byte[0]))
        .isEqualTo(
            HEX.parseHex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"));
  }

  @Test
  void derivesAnotherKeyForAnotherPurposeAndAnotherSecret() {
    assertThat(Hkdf.derive("secret", "one")).hasSize(32).isNotEqualTo(Hkdf.derive("secret", "two"));
    assertThat(Hkdf.derive("secret", "one")).isNotEqualTo(Hkdf.derive("secrets", "one"));
  }
}
