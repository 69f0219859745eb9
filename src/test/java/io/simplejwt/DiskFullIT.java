package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk under the embedded store is full: a real one, of eight megabytes. Mounting wants root.
 */
class DiskFullIT {
  private static final int MOST_SIGN_UPS = 1000;

  @TempDir Path directory;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "none", disk.toString()) == 0;
    if (System.getenv("CI") == null) {
      assumeThat(mounted).as("a disk can be mounted").isTrue();
    }
    assertThat(mounted).as("a disk can be mounted").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void answers503LosesNothingAndHeals() throws Exception {
    Map<String, String> variables =
        Map.of(
            "DATA_DIR", disk.resolve("data").toString(),
            "SIGN_UP", "open",
            "PASSWORD_MIN_LENGTH", "5");
    try (var service = ServiceProcess.start(directory, variables)) {
      JsonNode tokens = service.tokensFor("abc@xyz.com", "mypwd");
      String token = tokens.get("token").textValue();
      List<String> acknowledged = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        acknowledged.add("early" + i + "@xyz.com");
        service.tokenFor(acknowledged.get(i), "mypwd");
      }
      Path ballast = fill();
      HttpResponse<String> refusal = signUpUntilRefused(service, acknowledged);
      require503(refusal);
      require503(service.refresh(tokens.get("refresh_token").textValue()));
      assertThat(service.get("/contents", token).statusCode()).isEqualTo(200);
      assertThat(service.management("/q/health/ready").statusCode()).isEqualTo(200);
      Files.delete(ballast);
      service.tokenFor("xyz@xyz.com", "mypwd"); // at once, without a restart
      for (String email : acknowledged) {
        service.tokenFor(email, "mypwd");
      }
      assertThat(service.refresh(tokens.get("refresh_token").textValue()).statusCode())
          .isEqualTo(200);
      System.out.printf(
          "disk full: refused; %d sign-ups acknowledged before, all there; healed at once%n",
          acknowledged.size());
    }
  }

  private static HttpResponse<String> signUpUntilRefused(
      ServiceProcess service, List<String> acknowledged) throws Exception {
    for (int i = 0; i < MOST_SIGN_UPS; i++) {
      HttpResponse<String> answer = service.signIn("person" + i + "@xyz.com", "mypwd");
      if (answer.statusCode() != 200) {
        return answer;
      }
      acknowledged.add("person" + i + "@xyz.com");
    }
    throw new AssertionError("the disk does not fill");
  }

  private static void require503(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isEqualTo(Optional.of("2"));
  }

  private Path fill() throws IOException {
    Path ballast = disk.resolve("ballast");
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      return ballast;
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
