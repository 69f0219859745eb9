package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad variable stops the start with one line that names it. */
class StartIT {
  private static final Pattern ORDINARY_LINE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} INFO .*");

  @TempDir Path directory;

  /** The first variable is the one to be named; the others only make it wrong. */
  record Bad(String variable, String value, Map<String, String> beside) {
    static Bad of(String variable, String value) {
      return new Bad(variable, value, Map.of());
    }

    @Override
    public String toString() {
      return variable + "=" + value + (beside.isEmpty() ? "" : " beside " + beside);
    }
  }

  static Stream<Bad> secrets() {
    return Stream.of(
        Bad.of("JWT_SECRET", null),
        Bad.of("JWT_SECRET", ""),
        Bad.of("JWT_SECRET", "kV8-3fQz"),
        Bad.of("JWT_SECRET", "kV8-3fQzkV8-3fQzkV8-3fQzkV8-3fQ"), // 31 bytes
        Bad.of("JWT_SECRET", "z".repeat(64)),
        Bad.of("JWT_SECRET", "kV8-3fQzkV8-3fQz kV8-3fQzkV8-3fQzkV8"),
        Bad.of("JWT_SECRET", "kV8-3fQzkV8-3fQzkV8-3fQzkV8-3fQzkV8\n"),
        Bad.of("JWT_SECRET", "myjwtsecret"),
        Bad.of("JWT_SECRET", "a-string-secret-at-least-256-bits-long"),
        Bad.of("JWT_VERIFY_SECRETS", "kV8-3fQz"),
        Bad.of("JWT_VERIFY_SECRETS", ServiceProcess.SECRET + " " + "y".repeat(40)));
  }

  static Stream<Bad> settings() {
    return Stream.of(
        Bad.of("LOG_LEVEL", "chatty"),
        Bad.of("LOG_FORMAT", "xml"),
        Bad.of("SIGN_UP", "maybe"),
        Bad.of("SIGN_UP", ""),
        Bad.of("JWT_ISSUER", ""),
        Bad.of("JWT_ALGORITHM", "ES384"),
        Bad.of("JWT_ALGORITHM", "none"),
        Bad.of("JWT_ALGORITHM", ""),
        Bad.of("KEY_ROTATION", "monthly"),
        Bad.of("KEY_ROTATION", "59m"),
        Bad.of("KEY_ROTATION", "3651d"),
        Bad.of("JWT_LIFETIME", "soon"),
        Bad.of("JWT_LIFETIME", "0s"),
        Bad.of("SESSION_LIFETIME", "ever"),
        Bad.of("SESSION_LIFETIME", "-1d"),
        Bad.of("SESSION_IDLE", "1s"),
        Bad.of("SESSION_IDLE", "long"),
        Bad.of("REVOCATION_MAX_AGE", "1s"),
        Bad.of("REVOCATION_MAX_AGE", "old"),
        Bad.of("AUDIT_RETENTION", "0s"),
        Bad.of("AUDIT_RETENTION", "9999d"),
        Bad.of("TRUSTED_PROXIES", "my-proxy"),
        Bad.of("TRUSTED_PROXIES", "10.0.0.0/8, 10.0.0.1/33"),
        Bad.of("TRUSTED_PROXIES", "0.0.0.0/0"),
        Bad.of("CORS_ORIGINS", "*"),
        Bad.of("CORS_ORIGINS", "https://app.example.org, https://*.example.org"),
        Bad.of("CORS_ORIGINS", "https://app.example.org/"),
        Bad.of("CORS_ORIGINS", "app.example.org"),
        Bad.of("PASSWORD_MIN_LENGTH", "many"),
        Bad.of("PASSWORD_MIN_LENGTH", "0"),
        Bad.of("PASSWORD_MIN_LENGTH", "65"),
        Bad.of("GUESSES_PER_ADDRESS", "9"),
        Bad.of("GUESSES_PER_ADDRESS", "many"),
        Bad.of("DATABASE_URL", "jdbc:postgresql://user:hidden-word@localhost/accounts"),
        Bad.of("DATABASE_URL", "jdbc:postgresql://localhost/accounts?password=hidden-word"),
        Bad.of("JWT_LIFETIME", "9999999d"),
        Bad.of("SESSION_LIFETIME", "9999999d"),
        Bad.of("PORT", "http"),
        Bad.of("PORT", "0"),
        Bad.of("PORT", "65536"),
        Bad.of("MANAGEMENT_PORT", "-1"),
        Bad.of("ACCESS_LOG", "perhaps"),
        Bad.of("OPENAPI", "perhaps"),
        Bad.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"),
        Bad.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://u:hidden-word@collector:4318"),
        Bad.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318?key=hidden-word"),
        Bad.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://"),
        Bad.of("OTEL_TRACES_SAMPLER_ARG", "1.5"),
        Bad.of("OTEL_TRACES_SAMPLER_ARG", "few"),
        Bad.of("DATA_DIR", "a-file/below"),
        Bad.of("DATA_DIR", "data?mode=memory"),
        Bad.of("DATABASE_URL", "postgres://user:hidden-word@localhost/accounts"),
        Bad.of("DATABASE_URL", "jdbc:postgresql://hidden-word:port/accounts"),
        Bad.of("DATABASE_URL", "jdbc:postgresql://hidden-word:99999/accounts"),
        new Bad(
            "DATABASE_URL",
            "jdbc:postgresql://127.0.0.1:1/accounts", // nothing listens on port 1
            Map.of("DATABASE_USERNAME", "somebody", "DATABASE_PASSWORD", "hidden-word")),
        Bad.of("QUERY_TIMEOUT", "soon"),
        Bad.of("QUERY_TIMEOUT", "0s"),
        Bad.of("QUERY_TIMEOUT", "1d"),
        Bad.of("QUERY_MAX_ROWS", "0"),
        Bad.of("QUERY_MAX_ROWS", "many"),
        Bad.of("QUERY_MAX_BYTES", "-1"),
        Bad.of("QUERY_MAX_TEXT", "100000"),
        Bad.of("QUERY_DATABASE_URL", "jdbc:postgresql://localhost/queries"), // and no user
        Bad.of("QUERY_DATABASE_URL", "jdbc:postgresql://u:hidden-word@localhost/queries"),
        new Bad(
            "QUERY_DATABASE_URL",
            "jdbc:postgresql://localhost/queries?preferQueryMode=simple",
            Map.of("QUERY_READ_USERNAME", "reader")),
        new Bad(
            "QUERY_READ_USERNAME",
            "both",
            Map.of(
                "QUERY_DATABASE_URL",
                "jdbc:postgresql://localhost/queries",
                "QUERY_DATABASE_USERNAME",
                "both")),
        Bad.of("ADMIN_EMAIL", "nobody"),
        new Bad("ADMIN_PASSWORD", null, Map.of("ADMIN_EMAIL", "root@xyz.com")),
        new Bad("ADMIN_PASSWORD", "hidden-word", Map.of("ADMIN_EMAIL", "root@xyz.com")),
        new Bad("ADMIN_EMAIL", null, Map.of("ADMIN_PASSWORD", "hidden-word")));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void refusesBadSecretWithoutTellingIt(Bad bad) throws Exception {
    String output = refusalOf(bad);

    if (bad.value() != null) {
      for (String secret : bad.value().strip().split(" ")) {
        assertThat(secret.isEmpty() || !output.contains(secret)).as(output).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void refusesBadSetting(Bad bad) throws Exception {
    assertThat(refusalOf(bad)).doesNotContain("hidden-word", ServiceProcess.SECRET);
  }

  @Test
  void refusesTakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());

      assertThat(refusalOf(Bad.of("PORT", port))).contains(port);
      assertThat(refusalOf(Bad.of("MANAGEMENT_PORT", port))).contains(port);
    }
  }

  /** What a start with this variable prints, which is one line beside ordinary ones. */
  private String refusalOf(Bad bad) throws Exception {
    Files.writeString(directory.resolve("a-file"), "");
    Map<String, String> variables = new HashMap<>(bad.beside());
    variables.put(bad.variable(), bad.value());
    try (ServiceProcess service = ServiceProcess.launch(directory, variables)) {
      int exitCode = service.awaitExit();

      String output = service.output();
      List<String> unusual =
          output.lines().filter(line -> !ORDINARY_LINE.matcher(line).matches()).toList();
      assertThat(exitCode).as(output).isNotZero();
      assertThat(unusual).hasSize(1);
      assertThat(unusual.get(0))
          .startsWith("simple-jwt-api does not start. ")
          .containsPattern("\\b" + bad.variable() + "\\b");
      assertThat(output).doesNotContain("\tat ");
      return output;
    }
  }
}
