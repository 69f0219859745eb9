package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key pairs in the packaged service: across restarts, deploys and replicas, and on the disk. */
class KeyPairsIT {
  private static final String NEXT_SECRET =
      "0b1d5a7c93e24f68a1c7d3b5f9e80246c8ad13579bdf02468ace13579bdf0246";

  @TempDir Path directory;

  /** As README tells; one process after the other on one store. */
  @Test
  void secretIsReplacedInThreeDeploysAndThePairsStay() throws Exception {
    String token;
    String set;
    try (var service = start("ES256", Map.of("SIGN_UP", "open", "PASSWORD_MIN_LENGTH", "5"))) {
      token = service.tokenFor("abc@xyz.com", "mypwd");
      set = publicKeys(service);
    }
    List<Map<String, String>> deploys =
        List.of(
            Map.of("JWT_VERIFY_SECRETS", NEXT_SECRET),
            Map.of("JWT_SECRET", NEXT_SECRET, "JWT_VERIFY_SECRETS", ServiceProcess.SECRET),
            Map.of("JWT_SECRET", NEXT_SECRET));
    for (Map<String, String> deploy : deploys) {
      try (var service = start("ES256", deploy)) {
        assertThat(service.get("/contents", token).statusCode()).isEqualTo(200);
        assertThat(publicKeys(service)).isEqualTo(set);
      }
    }
    try (var service = launch("ES256", Map.of())) { // the old secret opens nothing any more
      assertThat(service.awaitExit()).isNotZero();
      assertThat(service.output().lines())
          .filteredOn(line -> line.startsWith("simple-jwt-api does not start. JWT_SECRET "))
          .singleElement()
          .asString()
          .contains("JWT_VERIFY_SECRETS")
          .doesNotContain(NEXT_SECRET, ServiceProcess.SECRET);
      assertThat(service.output()).doesNotContain("\tat ");
    }
  }

  /** Nobody but who holds the secret: no other algorithm's token is taken, in either direction. */
  @Test
  void anotherKindOfKeyEndsTokensAndNotAccounts() throws Exception {
    String old;
    try (var service = start("HS256", Map.of("SIGN_UP", "open", "PASSWORD_MIN_LENGTH", "5"))) {
      old = service.tokenFor("abc@xyz.com", "mypwd");
    }
    String pairs;
    try (var service = start("EdDSA", Map.of())) {
      assertThat(service.get("/contents", old).statusCode()).isEqualTo(401);
      pairs = service.tokenFor("abc@xyz.com", "mypwd");
      assertThat(service.get("/contents", pairs).statusCode()).isEqualTo(200);
    }
    try (var service = start("HS256", Map.of())) {
      assertThat(service.get("/contents", pairs).statusCode()).isEqualTo(401);
      assertThat(service.get("/contents", old).statusCode()).isEqualTo(200);
      assertThat(publicKeys(service)).isEqualTo("{\"keys\":[]}");
    }
  }

  /** Decrypts the key as KeySeal.java describes it, then looks for it in everything written. */
  @Test
  void privateKeyIsNeverWrittenInClear() throws Exception {
    String output;
    try (var service = start("EdDSA", Map.of("LOG_LEVEL", "DEBUG"))) {
      publicKeys(service);
      service.terminate();
      service.awaitExit();
      output = service.output();
    }
    byte[] pkcs8 = decryptedPrivateKey();
    EdECPrivateKey key =
        (EdECPrivateKey)
            KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    byte[] raw = key.getBytes().orElseThrow();
    assertThat(raw).hasSize(32);
    List<byte[]> forms =
        List.of(
            raw,
            HexFormat.of().formatHex(raw).getBytes(StandardCharsets.US_ASCII),
            withoutPadding(Base64.getEncoder(), raw),
            withoutPadding(Base64.getUrlEncoder(), raw),
            // In Base64 of the whole, three bytes on, as PKCS #8 has 16 bytes before the key.
            Arrays.copyOfRange(withoutPadding(Base64.getEncoder(), pkcs8), 24, 60));
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      List<Path> written = files.filter(Files::isRegularFile).toList();
      assertThat(written).extracting(Path::getFileName).contains(Path.of("accounts.db"));
      for (Path file : written) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (byte[] form : forms) {
          assertThat(content.contains(new String(form, StandardCharsets.ISO_8859_1)))
              .as("%s", file)
              .isFalse();
        }
      }
    }
    assertThat(output).contains(" DEBUG ").contains("Made signing key");
    for (byte[] form : forms) {
      assertThat(output).doesNotContain(new String(form, StandardCharsets.ISO_8859_1));
    }
    assertThat(output).doesNotContain(ServiceProcess.SECRET);
  }

  @Test
  void twoReplicasHaveOneKeyAndFollowEachOther() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      Map<String, String> shared = new HashMap<>();
      shared.put("DATABASE_URL", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres");
      shared.put("DATABASE_USERNAME", "postgres");
      shared.put("DATABASE_PASSWORD", "postgres");
      shared.put("ADMIN_EMAIL", "root@xyz.com");
      shared.put("ADMIN_PASSWORD", "umbrella gravel seventeen");
      try (var first = launch("ES256", shared);
          var second = launch("ES256", shared)) { // at once, on an empty store
        first.awaitAnswer();
        second.awaitAnswer();
        assertThat(publicKeys(first)).isEqualTo(publicKeys(second));
        assertThat(ServiceProcess.json(publicKeys(first)).get("keys")).hasSize(1);

        String token = first.tokenFor("root@xyz.com", "umbrella gravel seventeen");
        assertThat(second.get("/contents", token).statusCode()).isEqualTo(200);
        assertThat(first.post("/keys/rotate", "{}", token).statusCode()).isEqualTo(200);
        assertThat(second.post("/keys/rotate", "{}", token).statusCode()).isEqualTo(200);
        JsonNode keys = ServiceProcess.json(publicKeys(first)).get("keys");
        assertThat(keys).hasSize(2);
        assertThat(publicKeys(second)).isEqualTo(publicKeys(first));

        first.post("/keys/rotate", "{\"compromised\":true}", token);
        assertThat(first.get("/contents", token).statusCode()).isEqualTo(401);
        long begun = System.nanoTime();
        while (second.get("/contents", token).statusCode() == 200) {
          assertThat(System.nanoTime() - begun).isLessThan(30_000_000_000L);
        }
        System.out.printf(
            "dropped key gone from the other replica after %d ms%n",
            (System.nanoTime() - begun) / 1_000_000);
        String after = first.tokenFor("root@xyz.com", "umbrella gravel seventeen");
        assertThat(second.get("/contents", after).statusCode()).isEqualTo(200);
      }
    }
  }

  private ServiceProcess start(String algorithm, Map<String, String> more) throws Exception {
    return ServiceProcess.start(directory, with(algorithm, more));
  }

  private ServiceProcess launch(String algorithm, Map<String, String> more) throws Exception {
    return ServiceProcess.launch(directory, with(algorithm, more));
  }

  private static Map<String, String> with(String algorithm, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("JWT_ALGORITHM", algorithm);
    return variables;
  }

  private static String publicKeys(ServiceProcess service) throws Exception {
    return service.get("/.well-known/jwks.json", null).body();
  }

  private static byte[] withoutPadding(Base64.Encoder encoder, byte[] bytes) {
    return encoder.withoutPadding().encode(bytes);
  }

  /** By the JDK and the SQL driver alone. */
  private byte[] decryptedPrivateKey() throws Exception {
    String file = "jdbc:sqlite:" + directory.resolve("data/accounts.db");
    try (Connection store = DriverManager.getConnection(file);
        Statement sql = store.createStatement();
        ResultSet row = sql.executeQuery("SELECT id, private_key FROM signing_key")) {
      assertThat(row.next()).isTrue();
      byte[] sealed = Base64.getDecoder().decode(row.getString("private_key"));
      byte[] root = hmac(new byte[32], ServiceProcess.SECRET.getBytes(StandardCharsets.UTF_8));
      byte[] key =
          hmac(
              root,
              "simple-jwt-api signing keys, AES-256-GCM\u0001".getBytes(StandardCharsets.UTF_8));
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(128, sealed, 0, 12));
      cipher.updateAAD(row.getString("id").getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(sealed, 12, sealed.length - 12);
    }
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }
}
