package io.simplejwt.token;

import static io.simplejwt.token.Forge.NOW;
import static io.simplejwt.token.Forge.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.simplejwt.token.Verdict.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

/** What we issue, anybody who knows the secret can verify; what we sign, the JDK signs too. */
class ForeignVerifierTest {
  @Test
  void signatureIsHmacSha256OverTheSecretsBytes() {
    String token = Forge.HS256.honest();
    int dot = token.lastIndexOf('.');
    byte[] key = SECRET.getBytes(StandardCharsets.UTF_8);
    assertThat(token.substring(dot + 1))
        .isEqualTo(Forge.encode(Forge.mac("HmacSHA256", key, token.substring(0, dot))));
  }

  @Test
  void jose4jAccepts() throws Exception {
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)))
            .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "HS256")
            .setExpectedIssuer("simple-jwt-api")
            .setRequireSubject()
            .setRequireExpirationTime()
            .setRequireJwtId()
            .setEvaluationTime(NumericDate.fromSeconds(NOW.getEpochSecond()))
            .build();
    assertThat(consumer.processToClaims(Forge.HS256.honest()).getClaimValueAsString("email"))
        .isEqualTo("abc@xyz.com");
  }

  @Test
  void nimbusAccepts() throws Exception {
    SignedJWT token = SignedJWT.parse(Forge.HS256.honest());
    assertThat(token.verify(new MACVerifier(SECRET))).isTrue();
    assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
    assertThat(token.getJWTClaimsSet().getStringListClaim("groups")).containsExactly("admin");
    assertThat(
            Duration.between(
                token.getJWTClaimsSet().getNotBeforeTime().toInstant(),
                token.getJWTClaimsSet().getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofHours(1));
  }

  /** Three deploys: the next secret verifies, then signs, then the old one goes. */
  @Test
  void rotationSignsNobodyOut() {
    TokenKey old = TokenKey.of(SECRET);
    TokenKey next = TokenKey.of(SECRET + "-next");
    TokenKeys before = new TokenKeys(old, List.of());
    TokenKeys announced = new TokenKeys(old, List.of(next));
    TokenKeys switched = new TokenKeys(next, List.of(old));
    TokenKeys after = new TokenKeys(next, List.of());

    assertThat(accepts(announced, before)).isTrue();
    assertThat(accepts(announced, switched)).isTrue();
    assertThat(accepts(switched, announced)).isTrue();
    assertThat(accepts(after, switched)).isTrue();
    assertThat(accepts(after, announced)).isFalse();
    assertThat(accepts(before, switched)).isFalse();
  }

  private static boolean accepts(TokenKeys verifying, TokenKeys issuing) {
    return Forge.verifier(verifying, new RevocationList(), Forge.CONFIG, NOW)
            .verify(Forge.honest(issuing, Forge.CONFIG))
        instanceof Valid;
  }
}
