package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector is told, and what it is not. */
class TracingIT {
  private static final String EMAIL = "somebody.special@xyz.com";
  private static final String PASSWORD = "umbrella-gravel-17";
  private static final String FREE_TEXT = "whatever-a-caller-likes";

  @TempDir Path directory;

  @Test
  void sendsSpansThatGiveNothingAway() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    try (var collector = new Collector();
        var service = start(collector.endpoint())) {
      String token = service.tokenFor(EMAIL, PASSWORD);
      String body = "{\"email\":\"" + EMAIL + "\",\"password\":\"" + PASSWORD + "\"}";
      ask(service, trace, "POST", "/auth?access_token=" + token, body);
      assertThat(ask(service, trace, "GET", "/contents/" + token, "").statusCode()).isEqualTo(404);
      ask(service, trace, "POST", "/auth", body.replace(PASSWORD, "wrong-password"));
      ask(service, trace, FREE_TEXT.toUpperCase(Locale.ROOT), "/", "");
      stop(service); // which sends what was not sent yet

      String spans = collector.awaitTrace(trace);
      assertThat(spans)
          .contains("simple-jwt-api", "POST /auth", "/contents/", "http.response.status_code");
      for (String part : token.split("\\.")) {
        assertThat(spans).doesNotContain(part);
      }
      assertThat(spans)
          .doesNotContain(EMAIL, PASSWORD, "wrong-password", "access_token", ServiceProcess.SECRET)
          .contains("_OTHER")
          .doesNotContainIgnoringCase(FREE_TEXT);
    }
  }

  /** W3C Trace Context: the caller's trace goes on here, and the log tells of it. */
  @Test
  void logsTheTraceOfTheCaller() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    try (var collector = new Collector();
        var service = start(collector.endpoint())) {
      service.tokenFor(EMAIL, PASSWORD);
      String wrong = "{\"email\":\"" + EMAIL + "\",\"password\":\"not the password\"}";
      assertThat(ask(service, trace, "POST", "/auth", wrong).statusCode()).isEqualTo(401);
      collector.awaitTrace(trace);
      stop(service); // so that every line is there

      List<String> lines = service.output().lines().filter(line -> line.contains(trace)).toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0)).contains("refusal account=");
      assertThat(lines.get(1)).contains("path=\\\"/auth\\\" status=401");
      for (String line : lines) {
        assertThat(ServiceProcess.json(line).at("/mdc/traceId").textValue()).isEqualTo(trace);
        assertThat(ServiceProcess.json(line).at("/mdc/requestId").textValue()).isNotBlank();
      }
    }
  }

  @Test
  void collectorThatIsAwayCostsNoRequest() throws Exception {
    try (var service = start("http://127.0.0.1:1")) { // nothing listens on port 1
      String token = service.tokenFor(EMAIL, PASSWORD);
      assertThat(service.get("/contents", token).statusCode()).isEqualTo(200);
    }
  }

  /** Nobody's trace is continued where none is sent. */
  @Test
  void isOffByDefault() throws Exception {
    String trace = "5bf92f3577b34da6a3ce929d0e0e4737";
    try (var service = ServiceProcess.start(directory, settings())) {
      assertThat(ask(service, trace, "POST", "/auth", "{}").statusCode()).isEqualTo(400);
      stop(service);
      assertThat(service.output()).contains("status=400").doesNotContain(trace, "traceId");
    }
  }

  private ServiceProcess start(String endpoint) throws Exception {
    Map<String, String> settings = settings();
    settings.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    return ServiceProcess.start(directory, settings);
  }

  private static void stop(ServiceProcess service) throws Exception {
    service.terminate();
    service.awaitExit();
  }

  private static Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "SIGN_UP", "open",
            "PASSWORD_MIN_LENGTH", "5",
            "LOG_FORMAT", "json",
            "ACCESS_LOG", "on"));
  }

  private static HttpResponse<String> ask(
      ServiceProcess service, String trace, String method, String path, String body)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port + path))
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .header("tracestate", "vendor=" + FREE_TEXT)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }
}
