package io.simplejwt.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes Amazon Corretto's provider where its native code loads and computes what it should, the
 * JDK's elsewhere: another system than Linux with glibc, no directory to unpack to and load from.
 *
 * <p>Chosen for an algorithm when its first key comes, so HS256 loads nothing of it. The provider
 * is asked as an object and never joins the platform's list: TLS and all else stay the JDK's.
 */
final class FastestSignatures {
  private static final Logger LOG = Logger.getLogger(FastestSignatures.class);
  private static final Map<PairAlgorithm, Provider> CHOSEN = new ConcurrentHashMap<>();

  private FastestSignatures() {}

  static Provider of(PairAlgorithm algorithm) {
    return CHOSEN.computeIfAbsent(algorithm, first -> choose(first, FastestSignatures::corretto));
  }

  static Provider choose(PairAlgorithm algorithm, Supplier<Provider> preferred) {
    try {
      return tested(algorithm, preferred.get());
    } catch (GeneralSecurityException | RuntimeException | LinkageError | AssertionError e) {
      LOG.warnf("%s is computed by the JDK, many times slower: %s", algorithm.wireName(), e);
      return algorithm.platform();
    }
  }

  private static Provider corretto() {
    // Else it would translate each Ed25519 key for each signature. Nothing but itself reads this.
    System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
    Throwable error = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
    if (error != null) {
      throw new IllegalStateException("Amazon Corretto's native code does not load: " + error);
    }
    return AmazonCorrettoCryptoProvider.INSTANCE;
  }

  private static Provider tested(PairAlgorithm algorithm, Provider candidate)
      throws GeneralSecurityException {
    Example example = Example.of(algorithm);
    PairKey key = example.key(algorithm, candidate);
    byte[] text = example.text().getBytes(StandardCharsets.US_ASCII);
    byte[] known = Base64.getUrlDecoder().decode(example.signature());
    byte[] wrong = known.clone();
    wrong[0] ^= 1;
    if (!key.verifies(text, text.length, known)
        || !key.verifies(text, text.length, key.signature(text, text.length))
        || key.verifies(text, text.length - 1, known)
        || key.verifies(text, text.length, wrong)) {
      throw new IllegalStateException(
          candidate.getName() + " does not compute " + algorithm.wireName() + " as its RFC has it");
    }
    return candidate;
  }

  /** A standard's example: its key, which is no secret, in the platform's encoding. */
  private record Example(String publicKey, String privateKey, String text, String signature) {
    static Example of(PairAlgorithm algorithm) {
      return switch (algorithm) {
        case ES256 -> // RFC 7515 appendix A.3
            new Example(
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTN"
                    + "G72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==",
                "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCCOmxCecZCYv5gEh98fXXfpyylgbr7SJjtfV8IT"
                    + "34T0sg==",
                "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
                    + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU"
                    + "1Q");
        case EDDSA -> // RFC 8037 appendix A.4
            new Example(
                "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0K"
                    + "Ag");
      };
    }

    PairKey key(PairAlgorithm algorithm, Provider provider) throws GeneralSecurityException {
      Base64.Decoder base64 = Base64.getDecoder();
      return new PairKey(
          algorithm,
          algorithm.factory().generatePublic(new X509EncodedKeySpec(base64.decode(publicKey))),
          algorithm.factory().generatePrivate(new PKCS8EncodedKeySpec(base64.decode(privateKey))),
          provider);
    }
  }
}
