package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.simplejwt.RecordedLog;
import io.simplejwt.token.Verdict.Cause;
import io.simplejwt.token.Verdict.Rejected;
import io.simplejwt.token.Verdict.Valid;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who computes the signatures of key pairs. */
class FastestSignaturesTest {
  private static final String CORRETTO = "AmazonCorrettoCryptoProvider";

  @ParameterizedTest
  @EnumSource(PairAlgorithm.class)
  void takesCorrettosAndLeavesThePlatformAlone(PairAlgorithm algorithm) {
    Provider chosen = FastestSignatures.of(algorithm);
    if (System.getenv("CI") == null) {
      assumeThat(chosen.getName()).as("Corretto's native code loads here").isEqualTo(CORRETTO);
    }
    assertThat(chosen.getName()).isEqualTo(CORRETTO);
    assertThat(FastestSignatures.of(algorithm)).isSameAs(chosen);
    assertThat(Security.getProvider(CORRETTO)).isNull();
    assertThat(algorithm.platform().getName()).isNotEqualTo(CORRETTO);
  }

  /** As two replicas do of which only one has the native code. */
  @ParameterizedTest
  @EnumSource(
      value = Forge.class,
      names = {"ES256", "EDDSA"})
  void eachVerifiesTheOthersTokensAndNoForgedOne(Forge forge) {
    for (Provider signing : forge.providers()) {
      String token = Forge.honest(new TokenKeys(forge.key(signing), List.of()), Forge.CONFIG);
      String forged = token.substring(0, token.length() - 6) + "AAAAAA";
      for (Provider verifying : forge.providers()) {
        TokenVerifier verifier =
            Forge.verifier(
                new TokenKeys(forge.key(verifying), List.of()),
                new RevocationList(),
                Forge.CONFIG,
                Forge.NOW);
        String who = signing.getName() + " to " + verifying.getName();
        assertThat(verifier.verify(token)).as(who).isInstanceOf(Valid.class);
        assertThat(verifier.verify(forged)).as(who).isEqualTo(new Rejected(Cause.WRONG_SIGNATURE));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PairAlgorithm.class)
  void fallsBackWhereNativeCodeDoesNotLoadAndSaysSo(PairAlgorithm algorithm) {
    assertFallsBack(
        algorithm,
        "no native code here",
        () -> {
          throw new UnsatisfiedLinkError("no native code here");
        });
  }

  @ParameterizedTest
  @EnumSource(PairAlgorithm.class)
  void refusesAProviderThatAcceptsAnySignature(PairAlgorithm algorithm) {
    assertFallsBack(algorithm, "does not compute", () -> new Broken(algorithm, true));
  }

  @ParameterizedTest
  @EnumSource(PairAlgorithm.class)
  void refusesAProviderThatAcceptsNone(PairAlgorithm algorithm) {
    assertFallsBack(algorithm, "does not compute", () -> new Broken(algorithm, false));
  }

  private static void assertFallsBack(
      PairAlgorithm algorithm, String reason, Supplier<Provider> preferred) {
    try (RecordedLog log = new RecordedLog(FastestSignatures.class.getName())) {
      assertThat(FastestSignatures.choose(algorithm, preferred)).isEqualTo(algorithm.platform());
      assertThat(log.entries())
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
                assertThat(RecordedLog.text(entry)).contains(algorithm.wireName(), reason);
              });
    }
  }

  /** The platform's keys, and signatures that it says the same of, whatever they are. */
  private static final class Broken extends Provider {
    Broken(PairAlgorithm algorithm, boolean answer) {
      super("Broken", "1", "for this test");
      for (Service service : algorithm.platform().getServices()) {
        boolean signs = service.getType().equals("Signature");
        if (signs || service.getType().equals("KeyFactory")) {
          putService(
              new Service(
                  this, service.getType(), service.getAlgorithm(), "none", List.of(), null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                  return signs ? new Same(answer) : service.newInstance(parameter);
                }
              });
        }
      }
    }
  }

  private static final class Same extends SignatureSpi {
    private final boolean answer;

    Same(boolean answer) {
      this.answer = answer;
    }

    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte b) {}

    @Override
    protected void engineUpdate(byte[] text, int from, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[64];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return answer;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {}

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      return null;
    }
  }
}
