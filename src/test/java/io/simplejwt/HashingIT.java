package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged service comes by the native code that hashes passwords. */
class HashingIT {
  private static final String FALLBACK = "Passwords are hashed by Bouncy Castle";
  private static final Map<String, String> TRIAL =
      Map.of("SIGN_UP", "open", "PASSWORD_MIN_LENGTH", "5");

  @TempDir Path directory;

  /** Killed, so that nothing is left to a process that ends in good order. */
  @Test
  void unpacksItForTheMomentOfLoadingOnly() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    try (var service = ServiceProcess.start(directory, TRIAL, "-Djava.io.tmpdir=" + temporary)) {
      service.tokenFor("abc@xyz.com", "mypwd");
      boolean loads = !service.output().contains(FALLBACK);
      if (System.getenv("CI") == null) {
        assumeThat(loads).as("libsodium loads here").isTrue();
      }
      assertThat(loads).isTrue();
      service.kill();
    }
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("sodium"));
    }
  }

  /** Not when the first one signs in, who would wait for it. */
  @Test
  void tellsAtTheStartThatItCannotLoad() throws Exception {
    try (var service = ServiceProcess.start(directory, TRIAL, "-Dsodium.path=/dev/null")) {
      assertThat(service.awaitLine(FALLBACK)).contains(" WARN ", "/dev/null");
      service.tokenFor("abc@xyz.com", "mypwd");
    }
  }
}
