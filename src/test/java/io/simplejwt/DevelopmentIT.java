package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with the development defaults, as {@code mvn -Prun} starts it. */
class DevelopmentIT {
  private static final String DEVELOPMENT = "-Dquarkus.profile=dev";

  @TempDir Path directory;

  @Test
  void keepsItsRandomSecretOverRestart() throws Exception {
    String token;
    try (var first = startWithSecret(null)) {
      token = first.tokenFor("abc@xyz.com", "mypwd");
      assertThat(warnings(first)).hasSize(1).first().asString().contains("JWT_SECRET is not set");
    }
    try (var second = startWithSecret(null)) {
      assertThat(second.get("/contents", token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void acceptsWeakSecretWithWarning() throws Exception {
    try (var service = startWithSecret("myjwtsecret")) {
      service.tokenFor("abc@xyz.com", "mypwd");
      assertThat(warnings(service)).hasSize(1).first().asString().contains("JWT_SECRET");
      assertThat(service.output()).doesNotContain("myjwtsecret");
    }
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    try (var service = startWithSecret(null)) {
      for (InetAddress other : otherAddresses()) {
        assertThatThrownBy(() -> connect(other, service.port))
            .as(other.toString())
            .isInstanceOf(ConnectException.class);
      }
    }
  }

  /** This test's own counterpart: the addresses that it tries can be reached at all. */
  @Test
  void listensOnEveryAddressOutsideDevelopment() throws Exception {
    try (var service = ServiceProcess.start(directory, Map.of())) {
      for (InetAddress other : otherAddresses()) {
        connect(other, service.port);
      }
    }
  }

  private ServiceProcess startWithSecret(String secret) throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("JWT_SECRET", secret);
    return ServiceProcess.start(directory, variables, DEVELOPMENT);
  }

  private static List<String> warnings(ServiceProcess service) throws Exception {
    return service.output().lines().filter(line -> line.contains(" WARN ")).toList();
  }

  private static void connect(InetAddress address, int port) throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 5_000);
    }
  }

  /** The addresses under which others would reach this machine; without one there is no test. */
  private static List<InetAddress> otherAddresses() throws Exception {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
            .toList();
    if (System.getenv("CI") == null) {
      assumeThat(others).as("addresses beside loopback").isNotEmpty();
    }
    assertThat(others).as("addresses beside loopback").isNotEmpty();
    return others;
  }
}
