package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.token.Verdict.Cause;
import io.simplejwt.token.Verdict.Rejected;
import io.simplejwt.token.Verdict.Valid;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Signatures that are written as none of ours is: what lax verifiers accept, in the manner of the
 * Wycheproof vectors. Each is made of a good one, and refused whichever provider computes.
 */
class PairSignatureTest {
  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final BigInteger ED25519_ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  @Test
  void p256AcceptsTheGoodOneThatOthersAreMadeOf() throws Exception {
    Parsed good = Parsed.of(Forge.ES256);
    BigInteger order = ((ECPublicKey) Forge.ES256.pair.getPublic()).getParams().getOrder();
    assertThat(order).isEqualTo(P256_ORDER);
    assertThat(Forge.ES256.verifier(Forge.NOW).verify(good.with(good.signature())))
        .isInstanceOf(Valid.class);
  }

  @Test
  void p256RejectsNumbersOutOfRange() {
    Parsed good = Parsed.of(Forge.ES256);
    BigInteger[] outside = {
      BigInteger.ZERO,
      P256_ORDER,
      P256_ORDER.add(BigInteger.ONE),
      BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)
    };
    for (BigInteger r : outside) {
      assertRejected(Forge.ES256, good.with(p1363(r, good.s())));
      assertRejected(Forge.ES256, good.with(p1363(good.r(), r)));
      for (BigInteger s : outside) {
        assertRejected(Forge.ES256, good.with(p1363(r, s))); // r = s = 0 among them
      }
    }
    assertRejected(Forge.ES256, good.with(p1363(BigInteger.ONE, BigInteger.ONE)));
  }

  /** (r, n - s) is as good a signature; the JDK takes it, we take one spelling only. */
  @Test
  void p256RejectsTheOtherSpelling() throws Exception {
    Parsed good = Parsed.of(Forge.ES256);
    byte[] high = p1363(good.r(), P256_ORDER.subtract(good.s()));
    Signature jdk = Signature.getInstance("SHA256withECDSAinP1363Format");
    jdk.initVerify(Forge.ES256.pair.getPublic());
    jdk.update(good.input().getBytes());
    assertThat(jdk.verify(high)).isTrue();
    assertRejected(Forge.ES256, good.with(high));
  }

  @RepeatedTest(20) // every second one of the JDK's own is high
  void p256SignsInTheLowerHalf() {
    Parsed ours = Parsed.of(Forge.ES256.honest());
    assertThat(ours.signature()).hasSize(64);
    assertThat(ours.s()).isLessThanOrEqualTo(P256_ORDER.shiftRight(1));
    assertThat(Forge.ES256.verifier(Forge.NOW).verify(ours.with(ours.signature())))
        .isInstanceOf(Valid.class);
  }

  /** The higher half of a number that begins with zeros keeps its 32 bytes. */
  @Test
  void p256LowersEveryHighNumber() {
    for (BigInteger low :
        new BigInteger[] {BigInteger.ONE, BigInteger.valueOf(255), P256_ORDER.shiftRight(1)}) {
      byte[] high = p1363(BigInteger.TEN, P256_ORDER.subtract(low));
      assertThat(P256Signature.isCanonical(high)).isFalse();
      assertThat(P256Signature.withLowS(high)).isEqualTo(p1363(BigInteger.TEN, low));
      assertThat(P256Signature.isCanonical(p1363(BigInteger.TEN, low))).isTrue();
    }
  }

  @Test
  void p256RejectsAnotherForm() {
    Parsed good = Parsed.of(Forge.ES256);
    assertRejected(
        Forge.ES256, good.with(Forge.ES256.sign("SHA256withECDSA", good.input()))); // DER
    byte[] longer = new byte[66];
    System.arraycopy(good.signature(), 0, longer, 1, 32);
    System.arraycopy(good.signature(), 32, longer, 34, 32);
    assertRejected(Forge.ES256, good.with(longer)); // a zero before each number
    assertRejected(Forge.ES256, good.with(Arrays.copyOf(good.signature(), 63)));
    assertRejected(Forge.ES256, good.with(Arrays.copyOf(good.signature(), 65)));
    assertRejected(Forge.ES256, good.with(swapped(good.signature())));
    assertRejected(
        Forge.ES256, good.with(Forge.ES256.sign("SHA512withECDSAinP1363Format", good.input())));
  }

  /** RFC 8032 §5.1.7: S below the group's order; S + L would pass where that is forgotten. */
  @Test
  void ed25519RejectsTheOtherSpellings() {
    Parsed good = Parsed.of(Forge.EDDSA);
    BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(good.signature(), 32, 64)));
    assertThat(s).isLessThan(ED25519_ORDER);
    for (int times = 1; times <= 15; times++) {
      byte[] more = fixed(s.add(ED25519_ORDER.multiply(BigInteger.valueOf(times))), 32);
      byte[] other = Arrays.copyOf(good.signature(), 64);
      System.arraycopy(reversed(more), 0, other, 32, 32);
      assertRejected(Forge.EDDSA, good.with(other));
    }
    byte[] signed = good.signature();
    signed[63] |= (byte) 0x80;
    assertRejected(Forge.EDDSA, good.with(signed));
  }

  @Test
  void ed25519RejectsAnotherForm() {
    Parsed good = Parsed.of(Forge.EDDSA);
    assertRejected(Forge.EDDSA, good.with(Arrays.copyOf(good.signature(), 63)));
    assertRejected(Forge.EDDSA, good.with(Arrays.copyOf(good.signature(), 65)));
    assertRejected(Forge.EDDSA, good.with(swapped(good.signature())));
    byte[] zeroR = good.signature();
    Arrays.fill(zeroR, 0, 32, (byte) 0);
    assertRejected(Forge.EDDSA, good.with(zeroR));
    byte[] zeroS = good.signature();
    Arrays.fill(zeroS, 32, 64, (byte) 0);
    assertRejected(Forge.EDDSA, good.with(zeroS));
    byte[] identity = new byte[64]; // good for every text, were the key a point of small order
    identity[0] = 1;
    assertRejected(Forge.EDDSA, good.with(identity));
  }

  /** RFC 8032 §7.1, TEST 2: signatures are the standard's own, not only ones that fit together. */
  @Test
  void ed25519VerifiesTheStandardsVector() throws Exception {
    byte[] key =
        HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    boolean odd = key[31] < 0;
    key[31] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, reversed(key)));
    PublicKey decoded =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    for (Provider provider : Forge.EDDSA.providers()) {
      PairKey theirs =
          new PairKey(PairAlgorithm.EDDSA, decoded, Forge.EDDSA.pair.getPrivate(), provider);
      assertThat(theirs.verifies(new byte[] {0x72}, 1, signature)).as(provider.getName()).isTrue();
      assertThat(theirs.verifies(new byte[] {0x73}, 1, signature)).as(provider.getName()).isFalse();
    }
  }

  private static void assertRejected(Forge forge, String token) {
    for (Provider provider : forge.providers()) {
      TokenKeys keys = new TokenKeys(forge.key(provider), List.of());
      TokenVerifier verifier = Forge.verifier(keys, new RevocationList(), Forge.CONFIG, Forge.NOW);
      assertThat(verifier.verify(token))
          .as(provider.getName() + " " + token)
          .isEqualTo(new Rejected(Cause.WRONG_SIGNATURE));
    }
  }

  /** A token and its signature's numbers. */
  private record Parsed(String input, byte[] signature) {
    static Parsed of(Forge forge) {
      return of(forge.honest());
    }

    static Parsed of(String token) {
      int dot = token.lastIndexOf('.');
      return new Parsed(
          token.substring(0, dot), Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    }

    BigInteger r() {
      return new BigInteger(1, signature, 0, 32);
    }

    BigInteger s() {
      return new BigInteger(1, signature, 32, 32);
    }

    @Override
    public byte[] signature() {
      return signature.clone();
    }

    String with(byte[] other) {
      return input + "." + Forge.encode(other);
    }
  }

  private static byte[] p1363(BigInteger r, BigInteger s) {
    byte[] both = Arrays.copyOf(fixed(r, 32), 64);
    System.arraycopy(fixed(s, 32), 0, both, 32, 32);
    return both;
  }

  private static byte[] fixed(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] result = new byte[length];
    int used = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - used, result, length - used, used);
    return result;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[bytes.length - 1 - i];
    }
    return result;
  }

  private static byte[] swapped(byte[] signature) {
    byte[] result = Arrays.copyOfRange(signature, 32, 96);
    System.arraycopy(signature, 0, result, 32, 32);
    return result;
  }
}
