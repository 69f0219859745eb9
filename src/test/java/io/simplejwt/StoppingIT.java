package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged service goes, and what it leaves. */
class StoppingIT {
  private static final Map<String, String> TRIAL =
      Map.of("SIGN_UP", "open", "PASSWORD_MIN_LENGTH", "5");
  private static final int CLEAN_END = 143; // by SIGTERM, as the JVM says it

  @TempDir Path directory;

  @Test
  void sendsClientsElsewhereBeforeItStops() throws Exception {
    try (var service = ServiceProcess.start(directory, Map.of())) {
      String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
      assertThat(ask(service.port, request)).contains(" 200 ").doesNotContainIgnoringCase("close");
      assertThat(ready(service)).contains(" 200 ");
      service.terminate();
      while (!ready(service).contains(" 503 ")) {
        Thread.sleep(20); // between two looks; the test's own patience ends with the process
      }
      // Readiness is down, and whoever has not noticed yet is still served, for the last time.
      assertThat(ask(service.port, request)).contains(" 200 ", "Healthy", "onnection: close");
      assertThat(service.awaitExit()).isEqualTo(CLEAN_END);
    }
  }

  @Test
  void finishesTheRequestThatIsInFlight() throws Exception {
    try (var service = ServiceProcess.start(directory, TRIAL);
        Socket slow = new Socket("127.0.0.1", service.port)) {
      String body = "{\"email\":\"abc@xyz.com\",\"password\":\"mypwd\"}";
      String head =
          "POST /auth HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().flush();
      service.terminate();
      while (!ready(service).contains(" 503 ")) {
        Thread.sleep(20);
      }
      slow.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().flush();
      assertThat(readUntilBrace(slow)).contains(" 200 ", "\"token\":");
      assertThat(service.awaitExit()).isEqualTo(CLEAN_END);
    }
  }

  /** What is in flight would hold it for seconds. */
  @Test
  void endsAtOnceWhenAskedTwice() throws Exception {
    try (var service = ServiceProcess.start(directory, TRIAL)) {
      service.terminate();
      while (!ready(service).contains(" 503 ")) {
        Thread.sleep(20);
      }
      assertThat(service.isAlive()).as("stops gracefully").isTrue();
      service.terminate();
      assertThat(service.awaitExit()).isEqualTo(CLEAN_END);
      assertThat(service.output()).doesNotContain("stopped in"); // the graceful way's last line
    }
  }

  @Test
  void believesAddressesByProxyProtocolOnlyWhereToldTo() throws Exception {
    String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    String proxied = "PROXY TCP4 192.0.2.7 192.0.2.8 40000 443\r\n" + request;
    try (var service = ServiceProcess.launch(directory, Map.of("PROXY_PROTOCOL", "on"))) {
      while (!ready(service).contains(" 200 ")) {
        Thread.sleep(50);
      }
      assertThat(ask(service.port, proxied)).contains(" 200 ");
      assertThat(ask(service.port, request)).doesNotContain(" 200 ");
    }
    try (var service = ServiceProcess.start(directory, Map.of())) {
      assertThat(ask(service.port, proxied)).doesNotContain(" 200 ");
    }
  }

  @Test
  void keepsItsStoreToItself() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (var service = ServiceProcess.start(directory, TRIAL)) {
      service.tokenFor("abc@xyz.com", "mypwd");
      try (var files = Files.list(data)) {
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
      }
    }
  }

  private static String ready(ServiceProcess service) {
    return ask(service.managementPort, "GET /q/health/ready HTTP/1.0\r\n\r\n");
  }

  /** What comes back; nothing where nobody listens or the connection is closed. */
  private static String ask(int port, String request) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      byte[] first = new byte[4096];
      int length = socket.getInputStream().read(first);
      return length < 0 ? "" : new String(first, 0, length, StandardCharsets.UTF_8);
    } catch (IOException closed) {
      return "";
    }
  }

  private static String readUntilBrace(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      answer.append((char) c);
      if (c == '}') {
        break;
      }
    }
    return answer.toString();
  }
}
