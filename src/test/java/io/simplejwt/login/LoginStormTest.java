package io.simplejwt.login;

import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.simplejwt.store.EmbeddedStore;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** More sign-ins than the machine can hash. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class LoginStormTest {
  private static final int STORM = 100;
  @TestHTTPResource URI root;
  @Inject MeterRegistry metrics;

  @Test
  void isShedWithoutHarm() {
    String email = newEmail();
    String token = signIn(email, "mypwd");
    ExecutorService people = Executors.newFixedThreadPool(STORM);
    try {
      List<CompletableFuture<Response>> storm =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> auth(email, "mypwd"), people))
              .limit(STORM)
              .toList();
      assertThat(contents(token)).isEqualTo(200);
      List<Response> answers = storm.stream().map(CompletableFuture::join).toList();
      assertThat(answers).extracting(Response::statusCode).containsOnly(200, 503);
      answers.stream()
          .filter(answer -> answer.statusCode() == 503)
          .forEach(
              shed -> {
                assertThat(shed.header("Retry-After")).isEqualTo("1");
                assertThat(shed.contentType()).isEqualTo("application/problem+json");
              });
    } finally {
      people.shutdown();
    }
    for (int i = 0; i < 20; i++) { // all places are given back
      signIn(email, "mypwd");
    }
  }

  /** Who hangs up keeps the place until the hash is done: else a flood of them would pile up. */
  @Test
  void letsNobodyPassByHangingUp() throws Exception {
    String email = newEmail();
    signIn(email, "mypwd");
    double before = hashes();
    // The right password: with a wrong one there are soon no hashes.
    String body = "{\"email\":\"" + email + "\",\"password\":\"mypwd\"}";
    byte[] request =
        ("POST /auth HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
    long begun = System.nanoTime();
    for (int i = 0; i < 3 * STORM; i++) {
      try (Socket socket = new Socket(root.getHost(), root.getPort())) {
        socket.setSoLinger(true, 0); // closing sends a reset
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        Thread.sleep(2); // long enough to be taken in, too short for a hash
      }
    }
    double milliseconds = (System.nanoTime() - begun) / 1e6;
    // What the hashers can have done in that time, generously, and what may wait.
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(hashes() - before)
        .isPositive()
        .isLessThan(milliseconds / 5 * cores / 2 + 17 + cores);
    // The places are given back: at the latest when the queue of those who hung up has been hashed.
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          while (auth(email, "mypwd").statusCode() == 503) {
            Thread.onSpinWait();
          }
        });
    signIn(email, "mypwd");
  }

  private double hashes() {
    return metrics.get("password.hashes").counter().count();
  }
}
