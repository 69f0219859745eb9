package io.simplejwt.token;

import static io.simplejwt.token.Forge.NOW;
import static io.simplejwt.token.Forge.SECRET;
import static io.simplejwt.token.Forge.claims;
import static io.simplejwt.token.Forge.encode;
import static io.simplejwt.token.Forge.honest;
import static io.simplejwt.token.Forge.honestHeader;
import static io.simplejwt.token.Forge.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.token.Verdict.Cause;
import io.simplejwt.token.Verdict.Rejected;
import io.simplejwt.token.Verdict.Valid;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that an attacker makes without the secret. */
class ForgedTokenTest {
  private final TokenVerifier verifier = Forge.verifier(NOW);

  @Test
  void acceptsOurOwn() {
    assertThat(verifier.verify(honest())).isInstanceOf(Valid.class);
    // The claims that other tests bend are accepted as long as nobody bends them.
    assertThat(verifier.verify(signed(claims("email", "\"abc@xyz.com\""))))
        .isInstanceOf(Valid.class);
  }

  static Stream<String> headers() {
    String keyId = TokenKey.of(SECRET).keyId();
    String kid = ",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}";
    Stream<String> algorithms =
        Stream.of(
                "\"none\"",
                "\"None\"",
                "\"nOnE\"",
                "\"\"",
                "\"hs256\"",
                "\"HS384\"",
                "\"HS512\"",
                "\"RS256\"",
                "\"ES256\"",
                "256",
                "null",
                "[\"HS256\"]")
            .map(algorithm -> "{\"alg\":" + algorithm + kid);
    Stream<String> keyIds =
        Stream.of(
                "\"../../../../dev/null\"",
                "\"/dev/null\"",
                "\"' OR 1=1 --\"",
                "7",
                "null",
                "[]",
                "{}",
                "\"" + "k".repeat(4000) + "\"",
                "\"other\"")
            .map(other -> "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":" + other + "}");
    Stream<String> additions =
        Stream.of(
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "\"jku\":\"http://127.0.0.1:1/\"",
                "\"x5u\":\"http://127.0.0.1:1/\"",
                "\"x5c\":[]",
                "\"crit\":[]",
                "\"crit\":[\"exp\"]",
                "\"b64\":false,\"crit\":[\"b64\"]",
                "\"zip\":\"DEF\"",
                "\"cty\":\"JWT\"",
                "\"alg\":\"none\"",
                "\"kid\":\"" + keyId + "\"")
            .map(more -> honestHeader().replace("}", "," + more + "}"));
    return Stream.of(
            algorithms,
            keyIds,
            additions,
            Stream.of(
                "{}",
                "",
                "null",
                "[]",
                "{\"alg\":\"HS256\"",
                "{\"typ\":\"JWT\"}",
                honestHeader().replace("JWT", "jwt"),
                honestHeader().replace("JWT", "at+jwt"),
                " " + honestHeader(),
                "\uFEFF" + honestHeader(),
                honestHeader().replace("HS256", "HS256\\u0000")))
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void rejectsAnyHeaderButTheOneItWrites(String header) {
    byte[] payload = claims("sub", "\"account-1\"").getBytes(StandardCharsets.UTF_8);
    for (String algorithm : new String[] {"HmacSHA256", "HmacSHA384", "HmacSHA512"}) {
      assertRejected(signed(header, payload, algorithm, SECRET));
    }
    assertRejected(encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(payload) + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "your-256-bit-secret", "myjwtsecret"})
  void rejectsSignatureOfAnotherSecret(String secret) {
    byte[] payload = claims("sub", "\"account-1\"").getBytes(StandardCharsets.UTF_8);
    assertThat(verifier.verify(signed(honestHeader(), payload, "HmacSHA256", secret)))
        .isEqualTo(new Rejected(Cause.WRONG_SIGNATURE));
  }

  @Test
  void rejectsSignatureThatIsNotWhole() {
    String token = honest();
    String input = token.substring(0, token.lastIndexOf('.') + 1);
    String signature = token.substring(input.length());
    assertRejected(input);
    assertRejected(input + encode(new byte[32]));
    assertRejected(input + signature.substring(0, 42));
    assertRejected(input + signature.substring(0, 40)); // canonical, and the beginning of it
    assertRejected(input + signature.substring(0, 22));
    assertRejected(input + signature + "AAAA");
    assertRejected(input + signature + signature);
    assertRejected(input + encode(new byte[64])); // r = s = 0, were it ES256
  }

  @Test
  void rejectsPayloadThatAnotherSignatureCovers() {
    String[] token = honest().split("\\.");
    String other = encode(claims("groups", "[\"admin\"]").getBytes(StandardCharsets.UTF_8));
    assertRejected(token[0] + "." + other + "." + token[2]);
  }

  /** One token, one spelling: whatever single character changes, it is another token. */
  @Test
  void rejectsEveryChangeOfOneCharacter() {
    String token = honest();
    for (int i = 0; i < token.length(); i++) {
      for (char c : new char[] {'A', 'B', 'Q', '_', '-', '.', '=', '+', '/', '!', ' ', '\u00e9'}) {
        if (token.charAt(i) != c) {
          assertRejected(token.substring(0, i) + c + token.substring(i + 1));
        }
      }
      assertRejected(token.substring(0, i) + token.substring(i + 1));
    }
  }

  private void assertRejected(String token) {
    assertThat(verifier.verify(token)).as(token).isInstanceOf(Rejected.class);
  }
}
