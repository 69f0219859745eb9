package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"https://a.example", "https://a.example/", "https://a.example:8443/accounts"})
  void takesAnHttpsAddressForOne(String issuer) {
    assertThat(MetadataResource.isAddress(issuer)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simple-jwt-api",
        "http://a.example",
        "https://",
        "https:a.example",
        "https://a.example?tenant=1",
        "https://a.example#top",
        "https://a example",
        "urn:a"
      })
  void takesNothingElse(String issuer) {
    assertThat(MetadataResource.isAddress(issuer)).isFalse();
  }
}
