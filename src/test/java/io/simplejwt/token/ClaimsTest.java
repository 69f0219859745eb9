package io.simplejwt.token;

import static io.simplejwt.token.Forge.NOW;
import static io.simplejwt.token.Forge.claims;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.store.TimeOrderedId;
import io.simplejwt.token.Verdict.Cause;
import io.simplejwt.token.Verdict.Rejected;
import io.simplejwt.token.Verdict.Valid;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens whose signature is right: what they say must be right too. */
@ParameterizedClass
@EnumSource(Forge.class)
class ClaimsTest {
  private final Forge forge;
  private final TokenVerifier verifier;

  ClaimsTest(Forge forge) {
    this.forge = forge;
    verifier = forge.verifier(NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "sub",
        "email",
        "email_verified",
        "groups",
        "iat",
        "nbf",
        "exp",
        "jti",
        "sid"
      })
  void rejectsTokenWithoutClaim(String name) {
    assertCause(claims(name, null), Cause.WRONG_CLAIMS);
    assertCause(claims(name, "null"), Cause.WRONG_CLAIMS);
    assertCause(claims(name, "{}"), Cause.WRONG_CLAIMS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1795262400\"",
        "1795262400.5",
        "1795262400.0",
        "1e10",
        "1e99",
        "-1",
        "true",
        "[]",
        "99999999999999999999",
        "9223372036854775808",
        "253402300800"
      })
  void rejectsTimeThatIsNoPlainInteger(String time) {
    for (String name : List.of("exp", "nbf", "iat")) {
      assertCause(claims(name, time), Cause.WRONG_CLAIMS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-3600, EXPIRED",
    "-3, EXPIRED",
    "-2, EXPIRED",
    "-1, ''",
    "0, ''",
    "1, ''",
  })
  void rejectsExpired(long seconds, String cause) {
    assertVerdict(claims("exp", String.valueOf(NOW.getEpochSecond() + seconds)), cause);
  }

  @ParameterizedTest
  @CsvSource({"3600, NOT_YET_VALID", "3, NOT_YET_VALID", "2, ''", "0, ''", "-9, ''"})
  void rejectsWhatIsAhead(long seconds, String cause) {
    assertVerdict(claims("nbf", String.valueOf(NOW.getEpochSecond() + seconds)), cause);
    assertVerdict(claims("iat", String.valueOf(NOW.getEpochSecond() + seconds)), cause);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Simple-JWT-API", "simple-jwt-api ", "https://elsewhere"})
  void rejectsAnotherIssuer(String issuer) {
    assertCause(claims("iss", "\"" + issuer + "\""), Cause.WRONG_ISSUER);
  }

  @Test
  void demandsTheAudienceThatIsConfigured() {
    JwtConfig config = Forge.config(Optional.of("shop"));
    TokenVerifier shop = Forge.verifier(forge.keys(), new RevocationList(), config, NOW);
    assertThat(shop.verify(Forge.honest(forge.keys(), config))).isInstanceOf(Valid.class);
    for (String audience : new String[] {null, "\"bank\"", "\"Shop\"", "\"shop \"", "\"\""}) {
      assertThat(shop.verify(forge.signed(claims("aud", audience))))
          .isEqualTo(new Rejected(Cause.WRONG_AUDIENCE));
    }
  }

  /** RFC 7519 §4.1.3 knows a list too. We write one name, so a list is none of ours. */
  @ParameterizedTest
  @ValueSource(strings = {"[\"shop\"]", "[\"shop\",\"bank\"]", "[]", "7", "null", "{}", "true"})
  void rejectsAudienceThatIsNoName(String audience) {
    JwtConfig config = Forge.config(Optional.of("shop"));
    TokenVerifier shop = Forge.verifier(forge.keys(), new RevocationList(), config, NOW);
    assertThat(shop.verify(forge.signed(claims("aud", audience))))
        .isEqualTo(new Rejected(Cause.WRONG_CLAIMS));
    assertCause(claims("aud", audience), Cause.WRONG_CLAIMS);
  }

  /** The variable came or went with a deploy: tokens for an audience stay good for everybody. */
  @Test
  void acceptsAnyAudienceWhereNoneIsConfigured() {
    assertVerdict(claims("aud", "\"shop\""), "");
  }

  @Test
  void rejectsNameThatStandsTwice() {
    String honest = claims("sub", "\"account-1\"");
    for (String twice :
        List.of(
            "\"sub\":\"account-2\"",
            "\"exp\":1999999999",
            "\"groups\":[\"admin\"]",
            "\"email_verified\":true",
            "\"new\":1,\"new\":2")) {
      assertCause(honest.replace("}", "," + twice + "}"), Cause.WRONG_CLAIMS);
    }
  }

  @Test
  void ignoresClaimsOfANewerRelease() {
    assertVerdict(claims("new", "{\"deep\":[1,2,{\"sub\":\"x\"}]}"), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "\"text\"", "7", "{", "{}", "{}{}", " {}", "{\"sub\":\"a\",}"})
  void rejectsPayloadThatIsNoObjectOfClaims(String payload) {
    assertThat(verifier.verify(forge.signed(payload))).isInstanceOf(Rejected.class);
  }

  @Test
  void rejectsWhatStandsBehindTheClaims() {
    assertCause(claims("sub", "\"account-1\"") + "{}", Cause.WRONG_CLAIMS);
    assertCause("\uFEFF" + claims("sub", "\"account-1\""), Cause.WRONG_CLAIMS);
  }

  @Test
  void rejectsTextThatIsNotUtf8() {
    byte[] honest = claims("email", "\"abc@xyz.com\"").getBytes(StandardCharsets.UTF_8);
    // No start byte, an overlong NUL, half a surrogate pair, NUL: parsers differ in what they
    // notice.
    for (int[] bytes : new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0}}) {
      ByteArrayOutputStream broken = new ByteArrayOutputStream();
      broken.writeBytes("{\"new\":\"".getBytes(StandardCharsets.UTF_8));
      for (int b : bytes) {
        broken.write(b);
      }
      broken.writeBytes("\",".getBytes(StandardCharsets.UTF_8));
      broken.write(honest, 1, honest.length - 1);
      assertRejected(broken.toByteArray());
    }
    assertRejected(new String(honest, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE));
    assertRejected(new String(honest, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16BE));
  }

  @Test
  void rejectsNestingAndSizeThatNoClaimOfOursHas() {
    assertCause(claims("new", "[".repeat(2000) + "]".repeat(2000)), Cause.WRONG_CLAIMS);
    assertCause(claims("new", "9".repeat(3000)), Cause.WRONG_CLAIMS);
    assertCause(claims("new", "\"" + "x".repeat(9000) + "\""), Cause.NOT_A_TOKEN);
  }

  @Test
  void rejectsTokenOfAnEndedSession() {
    RevocationList revocations = new RevocationList();
    TokenVerifier knowing = Forge.verifier(forge.keys(), revocations, Forge.CONFIG, NOW);
    String session = TimeOrderedId.at(NOW);
    String token = forge.signed(claims("sid", "\"" + session + "\""));
    assertThat(knowing.verify(token)).isInstanceOf(Valid.class);
    revocations.add(session, NOW.plusSeconds(3600));
    assertThat(knowing.verify(token)).isEqualTo(new Rejected(Cause.SESSION_ENDED));
    assertThat(knowing.verify(forge.honest())).isInstanceOf(Valid.class);
    revocations.forgetExpired(NOW.plusSeconds(3600));
    assertThat(knowing.verify(token)).isEqualTo(new Rejected(Cause.SESSION_ENDED));
    revocations.forgetExpired(NOW.plusSeconds(3601)); // when the token has expired by itself
    assertThat(revocations.size()).isZero();
  }

  @Test
  void rejectsOurOwnWhenItsHourIsOver() {
    Instant end = NOW.plusSeconds(3600).plus(TokenVerifier.LEEWAY);
    assertThat(forge.verifier(end).verify(forge.honest())).isEqualTo(new Rejected(Cause.EXPIRED));
    assertThat(forge.verifier(end.minusSeconds(1)).verify(forge.honest()))
        .isInstanceOf(Valid.class);
  }

  private void assertVerdict(String claims, String cause) {
    if (cause.isEmpty()) {
      assertThat(verifier.verify(forge.signed(claims))).isInstanceOf(Valid.class);
    } else {
      assertCause(claims, Cause.valueOf(cause));
    }
  }

  private void assertCause(String claims, Cause cause) {
    assertThat(verifier.verify(forge.signed(claims))).as(claims).isEqualTo(new Rejected(cause));
  }

  private void assertRejected(byte[] payload) {
    assertThat(verifier.verify(forge.signed(forge.honestHeader(), payload)))
        .isEqualTo(new Rejected(Cause.WRONG_CLAIMS));
  }
}
