package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line for each request, which nobody forges and which gives nothing away. */
class AccessLogIT {
  private static final Pattern LINE =
      Pattern.compile(
          "method=\\S+ path=\"[^\"\\p{Cntrl}]*\" status=\\d{1,3} bytes=\\d+ ms=\\d+\\.\\d"
              + " address=127\\.0\\.0\\.1 agent=\"[^\"\\p{Cntrl}]*\"");

  @TempDir Path directory;

  @Test
  void tellsOneLineForEachRequestWithItsId() throws Exception {
    try (var service = start("json")) {
      String token = service.tokenFor("abc@xyz.com", "mypwd-9");
      send(service, "GET /contents?access_token=" + token, "my-request", "curl/8.5.0");
      send(service, "GET /contents/" + token, "my-mistake", "agent " + token);
      List<String> lines = lines(service);

      assertThat(lines.stream().filter(line -> line.contains("my-request")))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(ServiceProcess.json(line).at("/mdc/requestId").textValue())
                    .isEqualTo("my-request");
                assertThat(message(line))
                    .startsWith("method=GET path=\"/contents\" status=401 ")
                    .endsWith(" agent=\"curl/8.5.0\"");
              });
      assertThat(lines.stream().filter(line -> line.contains("my-mistake"))).hasSize(1);
      for (String part : token.split("\\.")) {
        assertThat(service.output()).doesNotContain(part);
      }
    }
  }

  /** What gets through the HTTP decoder; it refuses control characters and quotes in a path. */
  private static final Map<String, List<String>> HOSTILE =
      Map.of(
          "encoded", List.of("GET /a%0d%0aINFO%22", "x"),
          "long-path", List.of("GET /" + "x/".repeat(1500), "x"),
          "long-part", List.of("GET /" + "x".repeat(3000), "x"),
          "long-method", List.of("H".repeat(300) + " /a", "x"),
          "quotes", List.of("GET /a", "a\" status=200 agent=\"b\\"),
          "controls", List.of("GET /a", "a\u0085\u009b2J\tb"),
          "long-agent", List.of("GET /a", "y ".repeat(1500)));

  @ParameterizedTest
  @ValueSource(strings = {"json", "text"})
  void cannotBeForged(String format) throws Exception {
    try (var service = start(format)) {
      for (var request : HOSTILE.entrySet()) {
        send(service, request.getValue().get(0), request.getKey(), request.getValue().get(1));
      }
      List<String> lines = lines(service);

      for (String id : HOSTILE.keySet()) {
        assertThat(lines.stream().filter(line -> line.contains(id))).as(id).hasSize(1);
      }
      assertThat(lines)
          .allSatisfy(
              line -> {
                assertThat(format.equals("json") ? message(line) : textOf(line)).matches(LINE);
                assertThat(line).hasSizeLessThan(1200).matches("\\p{ASCII}+");
              });
    }
  }

  @Test
  void isOffByDefault() throws Exception {
    try (var service = ServiceProcess.start(directory, Map.of())) {
      assertThat(service.output()).doesNotContain("method=GET");
    }
  }

  private ServiceProcess start(String format) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("SIGN_UP", "open");
    settings.put("PASSWORD_MIN_LENGTH", "5");
    settings.put("ACCESS_LOG", "on");
    settings.put("LOG_FORMAT", format);
    return ServiceProcess.start(directory, settings);
  }

  /** What a library would not send. */
  private static void send(ServiceProcess service, String line, String id, String agent)
      throws Exception {
    try (Socket socket = new Socket("127.0.0.1", service.port)) {
      socket.setSoTimeout(10_000);
      String request =
          line
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: "
              + id
              + "\r\nUser-Agent: "
              + agent
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().readAllBytes();
    }
  }

  /** The lines of the access log, all of them once it has ended. */
  private static List<String> lines(ServiceProcess service) throws Exception {
    service.terminate();
    service.awaitExit();
    return service.output().lines().filter(line -> line.contains("method=")).toList();
  }

  private static String message(String line) throws Exception {
    return ServiceProcess.json(line).get("message").textValue();
  }

  private static String textOf(String line) {
    return line.substring(line.indexOf("method="));
  }
}
