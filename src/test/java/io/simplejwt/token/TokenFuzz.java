package io.simplejwt.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.simplejwt.token.Verdict.Valid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * The token gate on whatever a fuzzer finds; run by {@code ci/fuzz.sh}.
 *
 * <p>An input is a token as it stands, or the claims of one that is signed with the right key, so
 * that the fuzzer gets behind the signature too.
 */
public final class TokenFuzz {
  private static final TokenVerifier VERIFIER = Forge.HS256.verifier(Forge.NOW.plusSeconds(10));
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    check(new String(input, StandardCharsets.ISO_8859_1));
    check(Forge.HS256.signed(Forge.HS256.honestHeader(), input));
  }

  private static void check(String token) throws Exception {
    if (VERIFIER.verify(token) instanceof Valid valid) {
      requireSignature(token);
      requireClaims(token, valid);
    }
  }

  /** By the JDK alone: of the bits that are spelt, and spelt in the only way there is. */
  private static void requireSignature(String token) {
    int dot = token.lastIndexOf('.');
    byte[] right = Forge.HS256.signature(token.substring(0, dot));
    String spelt = Base64.getUrlEncoder().withoutPadding().encodeToString(right);
    require(spelt.equals(token.substring(dot + 1)), "signature", token);
    byte[] sent = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    require(MessageDigest.isEqual(right, sent), "signature's bytes", token);
  }

  /** What another parser reads there is what the service goes by. */
  private static void requireClaims(String token, Valid valid) throws Exception {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    require(Arrays.equals(json, valid.json()), "claims", token);
    JsonNode claims = JSON.readTree(json);
    require(claims.get("sub").textValue().equals(valid.claims().accountId()), "sub", token);
    require(claims.get("sid").textValue().equals(valid.claims().sessionId()), "sid", token);
    require(claims.get("iss").textValue().equals("simple-jwt-api"), "iss", token);
    require(
        claims.get("exp").isIntegralNumber()
            && claims.get("exp").longValue() == valid.claims().expiresAt().getEpochSecond(),
        "exp",
        token);
  }

  private static void require(boolean holds, String what, String token) {
    if (!holds) {
      throw new AssertionError("accepted with a wrong " + what + ": " + token);
    }
  }
}
