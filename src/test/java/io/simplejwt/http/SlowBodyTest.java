package io.simplejwt.http;

import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.RecordedLog;
import io.simplejwt.store.EmbeddedStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A client that never finishes its body, busy as it may be, does not keep its connection. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class SlowBodyTest {
  @TestHTTPResource URL root;

  @Test
  void trickledBodyIs408() {
    String token = administratorAndService();
    try (RecordedLog log = new RecordedLog("")) {
      // On the event loop, on a worker thread, a form, and where nobody reads the body.
      List<CompletableFuture<String>> answers =
          Stream.of("/auth", "/accounts", "/introspect", "/nothing")
              .map(path -> CompletableFuture.supplyAsync(() -> trickle(path, token)))
              .toList();
      for (CompletableFuture<String> answer : answers.subList(0, 3)) {
        assertThat(answer.join())
            .startsWith("HTTP/1.1 408")
            .contains("problem:request-timeout", "within 10 seconds", "onnection: close");
      }
      assertThat(answers.get(3).join()).startsWith("HTTP/1.1 404");
      log.assertClean();
    }
  }

  private static String administratorAndService() {
    String email = newEmail();
    String id = accountId(signIn(email, "mypwd"));
    as(admin(), Map.of("roles", List.of("admin", "service"))).patch("/accounts/" + id);
    return signIn(email, "mypwd");
  }

  /** What comes back while a byte is sent each half second, until the service closes. */
  private String trickle(String path, String token) {
    ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(60_000);
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\n"
              + "Content-Length: 5000\r\n\r\n";
      String type =
          path.equals("/introspect") ? "application/x-www-form-urlencoded" : "application/json";
      write(socket, head.formatted(path, token, type));
      drip.scheduleAtFixedRate(() -> write(socket, " "), 0, 500, TimeUnit.MILLISECONDS);
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      for (int c = in.read(); c >= 0 && c != '}'; c = in.read()) {
        answer.append((char) c);
      }
      return answer.toString();
    } catch (IOException e) {
      return e.toString();
    } finally {
      drip.shutdownNow();
    }
  }

  private static void write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    } catch (IOException closed) {
      // by the service, as it should
    }
  }
}
