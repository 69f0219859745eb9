package io.simplejwt.token;

import static io.simplejwt.token.Forge.NOW;
import static io.simplejwt.token.Forge.SECRET;
import static io.simplejwt.token.Forge.claims;
import static io.simplejwt.token.Forge.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.token.Verdict.Cause;
import io.simplejwt.token.Verdict.Rejected;
import io.simplejwt.token.Verdict.Valid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that an attacker makes without the key, or with it but not as we do. */
@ParameterizedClass
@EnumSource(Forge.class)
class ForgedTokenTest {
  private static final byte[] PAYLOAD =
      claims("sub", "\"account-1\"").getBytes(StandardCharsets.UTF_8);

  private final Forge forge;
  private final TokenVerifier verifier;

  ForgedTokenTest(Forge forge) {
    this.forge = forge;
    verifier = forge.verifier(NOW);
  }

  @Test
  void acceptsOurOwn() {
    assertThat(verifier.verify(forge.honest())).isInstanceOf(Valid.class);
    // The claims that other tests bend are accepted as long as nobody bends them.
    assertThat(verifier.verify(forge.signed(claims("email", "\"abc@xyz.com\""))))
        .isInstanceOf(Valid.class);
  }

  /** Every header that is not the one of this key's tokens, and what each has been good for. */
  static Stream<String> headers(String algorithm, TokenKey key) {
    String header = Forge.decode(new String(key.header(), StandardCharsets.US_ASCII));
    return Stream.of(
            algorithms(algorithm, key.keyId()),
            keyIds(algorithm),
            additions(algorithm, key.keyId(), header),
            others(header))
        .flatMap(all -> all);
  }

  private static Stream<String> algorithms(String ours, String keyId) {
    String rest = ",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}";
    return Stream.concat(
        Stream.of("{" + rest.substring(1)), // none at all
        Stream.of(
                "none None nOnE hs256 es256 eddsa HS256 HS384 HS512 RS256 PS256 ES256 ES256K EdDSA")
            .flatMap(names -> Stream.of(names.split(" ")))
            .filter(name -> !name.equals(ours))
            .map(name -> "\"" + name + "\"")
            .flatMap(
                name ->
                    Stream.of(name, "\"\"", "256", "null", "[" + name + "]", "[\"" + ours + "\"]"))
            .distinct()
            .map(algorithm -> "{\"alg\":" + algorithm + rest));
  }

  private static Stream<String> keyIds(String algorithm) {
    return Stream.of(
            "\"../../../../dev/null\"",
            "\"/dev/null\"",
            "\"' OR 1=1 --\"",
            "7",
            "null",
            "[]",
            "{}",
            "\"" + "k".repeat(4000) + "\"",
            "\"" + "k".repeat(1_000_000) + "\"",
            "\"other\"")
        .map(other -> "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":" + other + "}");
  }

  private static Stream<String> additions(String algorithm, String keyId, String header) {
    return Stream.of(
            "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
            "\"jku\":\"http://127.0.0.1:1/\"",
            "\"x5u\":\"http://127.0.0.1:1/\"",
            "\"x5c\":[]",
            "\"crit\":[]",
            "\"crit\":[\"exp\"]",
            "\"crit\":[\"exp\"],\"crit\":[\"exp\"]",
            "\"b64\":false",
            "\"b64\":false,\"crit\":[\"b64\"]",
            "\"zip\":\"DEF\"",
            "\"cty\":\"JWT\"",
            "\"deep\":" + "[".repeat(2000) + "]".repeat(2000),
            "\"deep\":" + "[".repeat(20_000) + "]".repeat(20_000),
            "\"number\":" + "9".repeat(4000),
            "\"alg\":\"none\"",
            "\"alg\":\"" + algorithm + "\"",
            "\"kid\":\"" + keyId + "\"")
        .map(more -> header.replace("}", "," + more + "}"));
  }

  private static Stream<String> others(String header) {
    return Stream.of(
        "{}",
        "",
        "null",
        "[]",
        header.substring(0, header.length() - 1),
        "{\"typ\":\"JWT\"}",
        header.replace("JWT", "jwt"),
        header.replace("JWT", "at+jwt"),
        header.replace("\"typ\":\"JWT\",", ""),
        " " + header,
        "\uFEFF" + header,
        header.replace("256", "256\\u0000").replace("DSA", "DSA\\u0000"));
  }

  @Test
  void rejectsAnyHeaderButTheOneItWrites() {
    byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
    headers(forge.algorithm, forge.key())
        .forEach(
            header -> {
              assertRejected(forge.signed(header, PAYLOAD));
              for (String algorithm : new String[] {"HmacSHA256", "HmacSHA384", "HmacSHA512"}) {
                assertRejected(Forge.signed(header, PAYLOAD, algorithm, secret));
              }
              assertRejected(
                  encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(PAYLOAD) + ".");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "your-256-bit-secret", "myjwtsecret"})
  void rejectsSignatureOfAnotherSecret(String secret) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    assertThat(verifier.verify(Forge.signed(forge.honestHeader(), PAYLOAD, "HmacSHA256", key)))
        .isEqualTo(new Rejected(Cause.WRONG_SIGNATURE));
  }

  /** The oldest confusion: what everybody may know, taken for a shared secret. */
  @Test
  void rejectsPublicKeyUsedAsSecret() {
    for (Forge other : new Forge[] {Forge.ES256, Forge.EDDSA}) {
      byte[] encoded = other.pair.getPublic().getEncoded();
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
      String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";
      String jwk = ((PairKey) other.key()).jwk().x();
      for (String secret : new String[] {pem, pem + "\n", base64, jwk}) {
        assertRejectedWithSecret(secret.getBytes(StandardCharsets.UTF_8));
      }
      assertRejectedWithSecret(encoded);
      assertRejectedWithSecret(Base64.getUrlDecoder().decode(jwk));
    }
  }

  private void assertRejectedWithSecret(byte[] secret) {
    String header = forge.honestHeader();
    assertRejected(Forge.signed(header, PAYLOAD, "HmacSHA256", secret));
    assertRejected(
        Forge.signed(header.replace(forge.algorithm, "HS256"), PAYLOAD, "HmacSHA256", secret));
  }

  /** Whoever holds the secret or another key: a token is good for its own key only. */
  @Test
  void rejectsTokenOfAnotherAlgorithm() {
    for (Forge other : Forge.values()) {
      if (other != forge) {
        assertRejected(other.honest());
        assertRejected(other.signed(forge.honestHeader(), PAYLOAD));
        assertRejected(
            other.signed(
                other.honestHeader().replace(other.key().keyId(), forge.key().keyId()), PAYLOAD));
      }
    }
  }

  @Test
  void rejectsSignatureThatIsNotWhole() {
    String token = forge.honest();
    String input = token.substring(0, token.lastIndexOf('.') + 1);
    String signature = token.substring(input.length());
    assertRejected(input);
    for (int bytes : new int[] {1, 16, 31, 32, 33, 63, 64, 65, 72, 128}) {
      assertRejected(input + encode(new byte[bytes]));
    }
    for (int length = 0; length < signature.length(); length++) {
      assertRejected(input + signature.substring(0, length));
    }
    assertRejected(input + signature + "AAAA");
    assertRejected(input + "AAAA" + signature);
    assertRejected(input + signature + signature);
  }

  @Test
  void rejectsPayloadThatAnotherSignatureCovers() {
    String[] token = forge.honest().split("\\.");
    String other = encode(claims("groups", "[\"admin\"]").getBytes(StandardCharsets.UTF_8));
    assertRejected(token[0] + "." + other + "." + token[2]);
  }

  @Test
  void rejectsWhatIsNoCompactSignature() {
    String token = forge.honest();
    String[] part = token.split("\\.");
    String members = "\"protected\":\"%s\",\"signature\":\"%s\"";
    String signature = String.format(members, part[0], part[2]);
    assertRejected("{\"payload\":\"" + part[1] + "\"," + signature + "}"); // RFC 7515 §7.2.2
    assertRejected("{\"payload\":\"" + part[1] + "\",\"signatures\":[{" + signature + "}]}");
    assertRejected(part[0] + "." + part[1]);
    assertRejected(token + "." + part[2]);
    assertRejected(token + "." + part[1] + "." + part[2]); // five, as an encrypted one
    assertRejected(forge.signed(forge.honestHeader(), token.getBytes(StandardCharsets.UTF_8)));
  }

  /** One token, one spelling: whatever single character changes, it is another token. */
  @Test
  void rejectsEveryChangeOfOneCharacter() {
    String token = forge.honest();
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
    assertThat(verifier.verify(token)).as(shortened(token)).isInstanceOf(Rejected.class);
  }

  private static String shortened(String token) {
    return token.substring(0, Math.min(token.length(), 9000));
  }
}
