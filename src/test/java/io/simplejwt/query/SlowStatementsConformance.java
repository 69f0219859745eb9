package io.simplejwt.query;

import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.query.QueryCalls.query;
import static io.simplejwt.query.QueryCalls.tokenWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What statements that do not end may take from others, on either database: nothing. */
abstract class SlowStatementsConformance {
  private static final String ENDLESS =
      "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c";

  @TestHTTPResource URI root;
  @Inject QueryDatabase database;
  @Inject Queries queries;

  private String reader;

  @BeforeEach
  void reader() {
    reader = tokenWith("query");
  }

  @Test
  void slowStatementIsStoppedInTime() {
    long begun = System.nanoTime();
    query(reader, ENDLESS)
        .then()
        .statusCode(504)
        .body("type", equalTo("urn:simple-jwt-api:problem:query-too-slow"))
        .body("detail", containsString("QUERY_TIMEOUT"));
    assertThat((System.nanoTime() - begun) / 1_000_000)
        .isBetween((long) QueryProfile.TIMEOUT_MILLIS, 3L * QueryProfile.TIMEOUT_MILLIS);
  }

  @Test
  void slowStatementsTakeNothingFromSigningIn() throws Exception {
    List<Socket> slow = takeEveryPlace();
    query(reader, "select 1")
        .then()
        .statusCode(503)
        .header("Retry-After", equalTo("1"))
        .body("type", equalTo("urn:simple-jwt-api:problem:unavailable"));
    auth(newEmail(), "a good password").then().statusCode(200);
    assertThat(contents(reader)).isEqualTo(200);
    assertThat(queries.freePlaces()).as("the slow ones still run").isZero();
    for (Socket caller : slow) {
      try (caller) {
        assertThat(new String(caller.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 504");
      }
    }
    query(reader, "select 1").then().statusCode(200); // the places are given back
  }

  @Test
  void statementEndsWhenItsCallerHangsUp() throws Exception {
    List<Socket> slow = takeEveryPlace();
    long begun = System.nanoTime();
    for (Socket caller : slow) {
      caller.close();
    }
    await(() -> queries.freePlaces() == database.places());
    assertThat((System.nanoTime() - begun) / 1_000_000)
        .as("long before they would have been stopped")
        .isLessThan(QueryProfile.TIMEOUT_MILLIS * 2 / 3);
  }

  private List<Socket> takeEveryPlace() throws Exception {
    List<Socket> callers = new ArrayList<>();
    for (int i = 0; i < database.places(); i++) {
      callers.add(send(reader, ENDLESS));
    }
    await(() -> queries.freePlaces() == 0);
    return callers;
  }

  private Socket send(String token, String sql) throws Exception {
    String body = "{\"query\":\"" + sql + "\"}";
    Socket socket = new Socket(root.getHost(), root.getPort());
    socket
        .getOutputStream()
        .write(
            ("POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization:"
                    + " Bearer "
                    + token
                    + "\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      Thread.sleep(5); // between two looks
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
    }
  }
}
