package io.simplejwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/** The packaged service as a process of its own, in an empty environment but for what is given. */
final class ServiceProcess implements AutoCloseable {
  /** As {@code openssl rand -hex 32} makes them. */
  static final String SECRET = "6f1d0c55a7be4f19b3c2b7a1fe4408d2a9e55b0c7d3f4e6182c9d0b7a6f5e4d3";

  private static final Path JAR =
      Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().normalize();
  private static final long PATIENCE_SECONDS = 90;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path output;
  final int port;
  final int managementPort;

  private ServiceProcess(Process process, Path output, int[] ports) {
    this.process = process;
    this.output = output;
    this.port = ports[0];
    this.managementPort = ports[1];
  }

  /** Outside development with a good secret; a given variable overrides, a null one is unset. */
  static ServiceProcess launch(Path directory, Map<String, String> given, String... javaOptions)
      throws IOException {
    return launch(JAR, directory, given, List.of(javaOptions), List.of());
  }

  /** A command: the jar with arguments, which ends by itself. */
  static Ended command(Path directory, Map<String, String> given, String... arguments)
      throws Exception {
    try (ServiceProcess process = launch(JAR, directory, given, List.of(), List.of(arguments))) {
      return new Ended(process.awaitExit(), process.output());
    }
  }

  record Ended(int exitCode, String output) {}

  private static ServiceProcess launch(
      Path jar,
      Path directory,
      Map<String, String> given,
      List<String> javaOptions,
      List<String> arguments)
      throws IOException {
    int[] ports = freePorts();
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JWT_SECRET", SECRET);
    environment.put("DATA_DIR", directory.resolve("data").toString());
    environment.put("PORT", String.valueOf(ports[0]));
    environment.put("MANAGEMENT_PORT", String.valueOf(ports[1]));
    environment.putAll(given);
    environment.values().removeIf(value -> value == null);

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // it runs for seconds only
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile(directory, "output", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new ServiceProcess(builder.start(), output, ports);
  }

  /** As {@link #launch}, and waits until it answers. */
  static ServiceProcess start(Path directory, Map<String, String> given, String... javaOptions)
      throws Exception {
    return answering(launch(directory, given, javaOptions));
  }

  /** Another release's jar, where it answers. */
  static ServiceProcess start(Path jar, Path directory, Map<String, String> given)
      throws Exception {
    return answering(launch(jar, directory, given, List.of(), List.of()));
  }

  private static ServiceProcess answering(ServiceProcess service) throws Exception {
    try {
      service.awaitAnswer();
      return service;
    } catch (Throwable e) {
      service.close();
      throw e;
    }
  }

  /** Waits until it answers. */
  void awaitAnswer() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        Assertions.fail("the service ended with " + process.exitValue() + ":\n" + output());
      }
      try {
        if (get("/", null).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(50); // between two looks
      }
    }
    throw new TimeoutException("no answer:\n" + output());
  }

  /** The one line with this text, once it is told. */
  String awaitLine(String text) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      List<String> lines = output().lines().filter(line -> line.contains(text)).toList();
      if (!lines.isEmpty()) {
        Assertions.assertEquals(1, lines.size(), output());
        return lines.get(0);
      }
      Thread.sleep(50); // between two looks
    }
    throw new TimeoutException("no " + text + ":\n" + output());
  }

  /** The exit code, once it has ended by itself. */
  int awaitExit() throws Exception {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("still running:\n" + output());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end (SIGTERM). */
  void terminate() {
    process.destroy();
  }

  /** Ends it at once (SIGKILL). */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  HttpResponse<String> get(String path, String token) throws Exception {
    return send("GET", path, token, null);
  }

  HttpResponse<String> delete(String path, String token) throws Exception {
    return send("DELETE", path, token, null);
  }

  HttpResponse<String> post(String path, String json, String token) throws Exception {
    return send("POST", path, token, json);
  }

  /** A call with a token, a body of JSON, both or neither. */
  HttpResponse<String> send(String method, String path, String token, String json)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** {@code POST /revoke}, whose body is a form. */
  HttpResponse<String> revoke(String token, String caller) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri("/revoke"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", "Bearer " + caller)
            .POST(BodyPublishers.ofString("token=" + token))
            .build(),
        BodyHandlers.ofString());
  }

  /** What the management port says. */
  HttpResponse<String> management(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** Signs in, with sign-up open also signs up. */
  HttpResponse<String> signIn(String email, String password) throws Exception {
    String body = JSON.writeValueAsString(Map.of("email", email, "password", password));
    return HTTP.send(
        HttpRequest.newBuilder(uri("/auth"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** The token of a sign-in that must succeed. */
  String tokenFor(String email, String password) throws Exception {
    return tokensFor(email, password).get("token").textValue();
  }

  /** What a sign-in that must succeed answers. */
  JsonNode tokensFor(String email, String password) throws Exception {
    HttpResponse<String> answer = signIn(email, password);
    Assertions.assertEquals(200, answer.statusCode(), answer.body());
    return json(answer.body());
  }

  HttpResponse<String> refresh(String refreshToken) throws Exception {
    return post("/auth/refresh", "{\"refresh_token\":\"" + refreshToken + "\"}", null);
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Two at once, so that they differ. */
  private static int[] freePorts() throws IOException {
    try (ServerSocket first = new ServerSocket(0);
        ServerSocket second = new ServerSocket(0)) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    }
  }

  @Override
  public void close() {
    kill();
  }
}
