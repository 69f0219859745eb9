package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which provider the packaged service loads, and what it says where that cannot be. */
class SignaturesIT {
  private static final String PACKAGE = "com.amazon.corretto.crypto";
  private static final String FALLBACK = "is computed by the JDK";
  private static final Map<String, String> OPEN =
      Map.of("SIGN_UP", "open", "PASSWORD_MIN_LENGTH", "5");

  @TempDir Path directory;

  /** The default: it must not cost a start anything. */
  @Test
  void hs256LoadsNothingOfCorrettos() throws Exception {
    assertThat(loadedBy("HS256")).noneMatch(line -> line.contains(PACKAGE));
  }

  /** One store, one key pair, a process with the native code and one without it. */
  @ParameterizedTest
  @ValueSource(strings = {"ES256", "EdDSA"})
  void fallsBackWhereNothingCanBeUnpacked(String algorithm) throws Exception {
    boolean loads = loadedBy(algorithm).stream().anyMatch(line -> line.contains(".EvpSignature"));
    if (System.getenv("CI") == null) {
      assumeThat(loads).as("Corretto's native code loads here").isTrue();
    }
    assertThat(loads).isTrue();
    Map<String, String> variables = with(algorithm);
    String theirs;
    try (var service = ServiceProcess.start(directory, variables)) {
      theirs = service.tokenFor("abc@xyz.com", "mypwd");
      assertThat(service.get("/contents", theirs).statusCode()).isEqualTo(200);
      assertThat(service.output()).doesNotContain(FALLBACK);
    }
    String ours;
    String nowhere = "-D" + PACKAGE + ".provider.tmpdir=/dev/null";
    try (var service = ServiceProcess.start(directory, variables, nowhere)) {
      assertThat(service.get("/contents", theirs).statusCode()).isEqualTo(200);
      ours = service.tokenFor("abc@xyz.com", "mypwd");
      assertThat(service.get("/contents", ours).statusCode()).isEqualTo(200);
      assertThat(service.output().lines().filter(line -> line.contains(FALLBACK)))
          .singleElement()
          .asString()
          .contains(" WARN ", algorithm, "native code does not load");
    }
    try (var service = ServiceProcess.start(directory, variables)) {
      assertThat(service.get("/contents", ours).statusCode()).isEqualTo(200);
      String forged = ours.substring(0, ours.length() - 6) + "AAAAAA";
      assertThat(service.get("/contents", forged).statusCode()).isEqualTo(401);
    }
  }

  /** The classes of a process that has signed and verified a token, a line each. */
  private List<String> loadedBy(String algorithm) throws Exception {
    Path classes = directory.resolve("classes");
    String option = "-Xlog:class+load=info:file=" + classes + "::filecount=0";
    try (var service = ServiceProcess.start(directory, with(algorithm), option)) {
      String token = service.tokenFor("abc@xyz.com", "mypwd");
      assertThat(service.get("/contents", token).statusCode()).isEqualTo(200);
      assertThat(service.get("/contents", token + "AAAA").statusCode()).isEqualTo(401);
    }
    List<String> lines = Files.readAllLines(classes);
    assertThat(lines).anyMatch(line -> line.contains("io.simplejwt.token.TokenIssuer"));
    return lines;
  }

  private static Map<String, String> with(String algorithm) {
    Map<String, String> variables = new HashMap<>(OPEN);
    variables.put("JWT_ALGORITHM", algorithm);
    return variables;
  }
}
