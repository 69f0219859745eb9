package io.simplejwt;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes spans as a collector of OpenTelemetry does: OTLP over HTTP. In Protocol Buffers texts stand
 * as they are, and so do the bytes of a trace's id.
 */
final class Collector implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final HttpServer server;
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Everything that has come, once spans of this trace have. */
  String awaitTrace(String traceId) throws Exception {
    String bytes = new String(HexFormat.of().parseHex(traceId), StandardCharsets.ISO_8859_1);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      String all = String.join("", received);
      if (all.contains(bytes)) {
        return all;
      }
      Thread.sleep(50); // between two looks
    }
    throw new TimeoutException("no span of " + traceId + " among " + received.size() + " bodies");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
