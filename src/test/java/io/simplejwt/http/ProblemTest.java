package io.simplejwt.http;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.simplejwt.RecordedLog;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.EmbeddedStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal is a problem document (RFC 9457) that says what would be right. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class ProblemTest {
  @TestHTTPResource URL root;

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/auth/nothing", "/q/nothing", "/accounts/me/x/y", "/%00"})
  void unknownPathIs404(String path) {
    Response answer = given().urlEncodingEnabled(false).get(path);
    assertProblem(answer, 404, "not-found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /auth | OPTIONS, POST",
        "PUT | /auth | OPTIONS, POST",
        "POST | / | GET, HEAD, OPTIONS",
        "DELETE | /contents | GET, HEAD, OPTIONS",
        "DELETE | /accounts | GET, HEAD, OPTIONS, POST",
        "POST | /accounts/some-id | DELETE, GET, HEAD, OPTIONS, PATCH",
        "GET | /accounts/me/password | OPTIONS, PUT"
      })
  void otherMethodIs405AndSaysWhichAreAllowed(String method, String path, String allowed) {
    Response answer = given().contentType("application/json").request(method, path);
    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.header("Allow")).isEqualTo(allowed);
    Response options = given().options(path);
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.header("Allow")).isEqualTo(allowed);
  }

  @Test
  void optionsOfNothingIs404() {
    assertProblem(given().options("/nothing"), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/openapi", "/q/swagger-ui", "/q/swagger-ui/index.html"})
  void descriptionThatIsOffIs404(String path) {
    assertProblem(given().get(path), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "text/html"})
  void answersJsonOrNothing(String accept) {
    Map<String, String> body = Map.of("email", "nobody", "password", "mypwd");
    for (String path : new String[] {"/auth", "/accounts"}) {
      assertProblem(json(body).header("Accept", accept).post(path), 406, "not-acceptable");
    }
  }

  @Test
  void unacceptableRepresentationIs406() {
    assertProblem(given().accept("text/csv").get("/contents"), 406, "not-acceptable");
  }

  /** Refused by the router, before there is a request id; and no line in the log for each. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a b\r\n"})
  void missingOrMalformedHostIs400(String host) throws Exception {
    try (RecordedLog log = new RecordedLog("")) {
      assertThat(raw("GET / HTTP/1.1\r\n" + host + "\r\n"))
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json", "problem:invalid-request", "RFC 9112");
      log.assertClean();
    }
  }

  @Test
  void missingContentTypeIs415() throws Exception {
    String answer = raw("POST /auth HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(answer).startsWith("HTTP/1.1 415").contains("unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        ";;;/",
        "application/*",
        "*/*",
        "application/json;charset=UTF-16",
        "application/json;charset=bogus",
        "application/jsonx"
      })
  void contentTypeThatIsNotJsonInUtf8Is415(String type) throws Exception {
    assertThat(
            raw(
                "POST /auth HTTP/1.1\r\nHost: x\r\nContent-Type: "
                    + type
                    + "\r\nContent-Length: 2\r\n\r\n{}"))
        .startsWith("HTTP/1.1 415");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void bodyInAnotherEncodingIs400(String encoding) throws Exception {
    byte[] body = "{\"email\":\"a@b\",\"password\":\"mypwd\"}".getBytes(encoding);
    for (byte[] sent : new byte[][] {body, {0, 0, 0, 0x7b, -1, -1, -1, -1}}) {
      assertProblem(
          given().header("Content-Type", "application/json").body(sent).post("/auth"),
          400,
          "invalid-request");
    }
  }

  @Test
  void compressedBodyIs415() {
    Response answer = json("{}").header("Content-Encoding", "gzip").post("/auth");
    assertProblem(answer, 415, "unsupported-media-type");
  }

  @Test
  void bodyAboveTheLimitIs413() throws Exception {
    String body = "{\"email\":\"a@b\",\"password\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}";
    String whole =
        raw(
            "POST /auth HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n");
    assertThat(whole).startsWith("HTTP/1.1 413").contains("too-large", "65536", "onnection: close");
  }

  @Test
  void chunkedBodyAboveTheLimitIs413() throws Exception {
    StringBuilder request =
        new StringBuilder(
            "POST /auth HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
    for (int i = 0; i < 80; i++) {
      request.append("400\r\n").append(" ".repeat(0x400)).append("\r\n");
    }
    String answer = raw(request + "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413").contains("too-large", "65536");
  }

  @Test
  void bodyOfTheLargestSizeIsRead() {
    String padding = " ".repeat(64 * 1024 - 2);
    assertProblem(json("{" + padding + "}").post("/auth"), 400, "missing-parameter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"email\":7,\"password\":\"mypwd\"} | Wrong type of member: email",
        "{\"email\":\"a@b\",\"password\":7.5} | Wrong type of member: password",
        "{\"email\":true,\"password\":\"mypwd\"} | Wrong type of member: email",
        "{\"email\":[\"a@b\"],\"password\":\"mypwd\"} | Wrong type of member: email",
        "{\"email\":{},\"password\":\"mypwd\"} | Wrong type of member: email",
        "[] | The body must be a JSON object and nothing else",
        "{} {} | The body must be a JSON object and nothing else"
      })
  void wrongTypeNamesTheMember(String body, String detail) {
    Response answer = json(body).post("/auth");
    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.<String>path("detail")).isEqualTo(detail);
  }

  @Test
  void doubledMemberAndDepthAreRefused() {
    String twice = "{\"email\":\"a@b\",\"password\":\"x\",\"password\":\"mypwd\"}";
    Response answer = json(twice).post("/auth");
    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.<String>path("detail")).startsWith("A member stands twice");
  }

  @Test
  void depthThatNoCallNeedsIsRefused() throws Exception {
    String deep = "{\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    String answer =
        raw(
            "POST /auth HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + deep.length()
                + "\r\n\r\n"
                + deep);
    assertThat(answer).startsWith("HTTP/1.1 400").contains("invalid-request");
  }

  @Test
  void takesThePlainRequestIdOfTheCallerOnly() {
    given()
        .header("X-Request-Id", "my-Request_7")
        .get("/nothing")
        .then()
        .header("X-Request-Id", equalTo("my-Request_7"))
        .body("request_id", equalTo("my-Request_7"));
    for (String forged : new String[] {"a b", "<script>", "x".repeat(65), "a,b", "\u00e9"}) {
      given()
          .header("X-Request-Id", forged)
          .get("/nothing")
          .then()
          .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"));
    }
  }

  @Test
  void typeIsMadeOfTheReasonAndNeverChanges() {
    assertThat(Reason.TOO_MANY_REQUESTS.type())
        .isEqualTo("urn:simple-jwt-api:problem:too-many-requests");
    assertThat(Reason.TOO_MANY_REQUESTS.status()).isEqualTo(429);
  }

  @Test
  void signUpTellsWhatIsWrongWithTheEmail() {
    assertProblem(
        json(Map.of("email", "nobody", "password", "mypwd")).post("/accounts"),
        400,
        "invalid-email");
    assertProblem(
        json(Map.of("email", "nobody", "password", "mypwd")).post("/auth"), 400, "invalid-email");
  }

  private static void assertProblem(Response answer, int status, String type) {
    answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:simple-jwt-api:problem:" + type))
        .body("status", equalTo(status))
        .body("title", notNullValue())
        .body("detail", notNullValue())
        .body("request_id", equalTo(answer.header("X-Request-Id")));
  }

  /** A request as no client library would send it; what the service answers until it closes. */
  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (IOException closedEarly) {
        // The service may answer and close before it has read everything.
      }
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      byte[] buffer = new byte[4096];
      while (!answer.toString().endsWith("}")) {
        int read = in.read(buffer);
        if (read < 0) {
          break;
        }
        answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
      }
      return answer.toString();
    }
  }
}
