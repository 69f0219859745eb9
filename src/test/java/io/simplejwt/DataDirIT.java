package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One DATA_DIR, one service. */
class DataDirIT {
  private static final Map<String, String> TRIAL =
      Map.of("SIGN_UP", "open", "PASSWORD_MIN_LENGTH", "5");

  @TempDir Path directory;

  @Test
  void secondServiceIsRefusedInOneLineAndTheFirstGoesOn() throws Exception {
    try (var first = ServiceProcess.start(directory, TRIAL)) {
      first.tokenFor("abc@xyz.com", "mypwd");
      for (int i = 0; i < 2; i++) { // the refusal itself takes nothing away from the lock
        try (var second = ServiceProcess.launch(directory, TRIAL)) {
          assertThat(second.awaitExit()).isEqualTo(1);
          assertThat(second.output().lines())
              .filteredOn(line -> !line.contains(" INFO ") && !line.contains(" WARN "))
              .singleElement()
              .asString()
              .startsWith("simple-jwt-api does not start. DATA_DIR is in use by another process");
        }
      }
      first.tokenFor("xyz@xyz.com", "mypwd");
    }
  }

  @Test
  void killLeavesNoLockBehind() throws Exception {
    ServiceProcess.start(directory, TRIAL).kill();
    try (var next = ServiceProcess.start(directory, TRIAL)) {
      next.tokenFor("abc@xyz.com", "mypwd");
    }
  }
}
