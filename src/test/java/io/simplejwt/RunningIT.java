package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged service outside development: what its variables do, and how it ends. */
class RunningIT {
  private static final Map<String, String> TRIAL =
      Map.of("SIGN_UP", "open", "PASSWORD_MIN_LENGTH", "5");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"warning", "Critical", "debug"})
  void acceptsLevelInAnyCaseAndByPythonsName(String level) throws Exception {
    try (var service = ServiceProcess.start(directory, Map.of("LOG_LEVEL", level))) {
      assertThat(service.output().contains(" DEBUG ")).isEqualTo(level.equals("debug"));
      assertThat(service.output().contains(" INFO ")).isEqualTo(level.equals("debug"));
    }
  }

  @Test
  void logsJsonWhereAskedTo() throws Exception {
    try (var service = ServiceProcess.start(directory, Map.of("LOG_FORMAT", "json"))) {
      service.terminate();
      service.awaitExit();

      assertThat(service.output().lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(ServiceProcess.json(line).get("level")).isNotNull());
    }
  }

  /** The revocation list is complete when the first request is answered. */
  @Test
  void remembersWhatHasEndedOverARestart() throws Exception {
    Map<String, String> admin = with("ADMIN_EMAIL", "root@xyz.com");
    admin.put("ADMIN_PASSWORD", "umbrella gravel seventeen");
    String ended;
    String alive;
    try (var service = ServiceProcess.start(directory, admin)) {
      ended = service.tokenFor("abc@xyz.com", "mypwd");
      alive = service.tokenFor("other@xyz.com", "mypwd");
      assertThat(service.delete("/accounts/me", ended).statusCode()).isEqualTo(204);
    } // killed
    try (var service = ServiceProcess.start(directory, admin)) {
      assertThat(service.get("/contents", ended).statusCode()).isEqualTo(401);
      assertThat(service.get("/contents", alive).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void takesDollarSignsInSecretAsTheyStand() throws Exception {
    String secret = "ab$cd${HOME}$$ef\\${java.version}-7c1f9a";
    try (var service = ServiceProcess.start(directory, with("JWT_SECRET", secret))) {
      String token = service.tokenFor("abc@xyz.com", "mypwd");

      int dot = token.lastIndexOf('.');
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
      assertThat(Base64.getUrlDecoder().decode(token.substring(dot + 1))).isEqualTo(signature);
    }
  }

  @Test
  void makesAdministratorThatItIsGiven() throws Exception {
    String password = "five words$HOME nobody expects";
    Map<String, String> admin = Map.of("ADMIN_EMAIL", "root@xyz.com", "ADMIN_PASSWORD", password);
    try (var service = ServiceProcess.start(directory, admin)) {
      String token = service.tokenFor("root@xyz.com", password);

      assertThat(service.get("/accounts", token).statusCode()).isEqualTo(200);
      assertThat(service.output()).doesNotContain(password);
    }
  }

  @Test
  void refusesStrangersByDefault() throws Exception {
    try (var service = ServiceProcess.start(directory, Map.of())) {
      assertThat(service.signIn("abc@xyz.com", "mypwd").statusCode()).isEqualTo(401);
      assertThat(service.get("/q/openapi", null).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void describesItsCallsWhereAsked() throws Exception {
    try (var service = ServiceProcess.start(directory, Map.of("OPENAPI", "on"))) {
      var description = service.get("/q/openapi?format=json", null);
      assertThat(description.statusCode()).isEqualTo(200);
      assertThat(description.body()).contains("\"/auth\"", "\"/contents\"");
      JsonNode paths = new ObjectMapper().readTree(description.body()).path("paths");
      assertThat(paths.findValues("responses"))
          .isNotEmpty()
          .allSatisfy(
              answers ->
                  assertThat(answers.at("/default/content").fieldNames().next())
                      .isEqualTo("application/problem+json"));
      assertThat(service.get("/q/openapi", null).body()).startsWith("---\nopenapi: ");
      assertThat(service.get("/q/swagger-ui/", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void losesNothingAnsweredWhenKilled() throws Exception {
    try (var service = ServiceProcess.start(directory, TRIAL)) {
      for (int i = 0; i < 5; i++) {
        service.tokenFor("user" + i + "@xyz.com", "mypwd" + i);
      }
      service.kill();
    }
    try (var service = ServiceProcess.start(directory, Map.of())) { // sign-up is closed
      for (int i = 0; i < 5; i++) {
        service.tokenFor("user" + i + "@xyz.com", "mypwd" + i);
      }
    }
  }

  @Test
  void endsWhenTerminated() throws Exception {
    try (var service = ServiceProcess.start(directory, Map.of())) {
      service.terminate();

      assertThat(service.awaitExit()).isIn(0, 143); // 128 + SIGTERM
      assertThat(service.output()).doesNotContain("\tat ");
    }
  }

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> variables = new TreeMap<>(TRIAL);
    variables.put(variable, value);
    return variables;
  }
}
