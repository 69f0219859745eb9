package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class JwkTest {
  /** RFC 8037 appendix A.2 and A.3: the standard's key and its thumbprint. */
  @Test
  void ed25519KeyIsWrittenAsTheStandardDoes() throws Exception {
    String x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    byte[] point = Base64.getUrlDecoder().decode(x);
    boolean odd = point[31] < 0;
    point[31] &= 0x7f;
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = point[31 - i];
    }
    EdECPoint decoded = new EdECPoint(odd, new BigInteger(1, bigEndian));
    Jwk jwk =
        Jwk.of(
            PairAlgorithm.EDDSA,
            KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, decoded)));
    assertThat(jwk)
        .isEqualTo(
            new Jwk(
                "OKP",
                "Ed25519",
                x,
                null,
                "EdDSA",
                "sig",
                "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
  }

  /** Often enough that some coordinate begins with a zero byte, which is kept (RFC 7518 §6.2.1). */
  @RepeatedTest(300)
  void p256KeyIsWrittenAsNimbusDoes() throws Exception {
    PairKey key = PairKey.generate(PairAlgorithm.ES256);
    ECPublicKey open =
        (ECPublicKey)
            KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key.publicHalf()));
    ECKey foreign = new ECKey.Builder(Curve.P_256, open).build();
    assertThat(key.jwk())
        .isEqualTo(
            new Jwk(
                "EC",
                "P-256",
                foreign.getX().toString(),
                foreign.getY().toString(),
                "ES256",
                "sig",
                foreign.computeThumbprint().toString()));
  }
}
