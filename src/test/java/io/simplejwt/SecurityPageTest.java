package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * SECURITY.md names the test of each promise: a name that nothing has any more promises nothing.
 */
class SecurityPageTest {
  private static final Pattern NAME =
      Pattern.compile("`([A-Z]\\w+(?:Test|IT|Conformance))(?:\\.(\\w+))?`");
  private static final Pattern SCRIPT = Pattern.compile("`(ci/[\\w-]+\\.sh)`");

  @Test
  void namesTestsThatExist() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing =
        NAME.matcher(page())
            .results()
            .filter(
                name ->
                    !sources.getOrDefault(name.group(1), "").contains(" " + name.group(2) + "(")
                        && !(name.group(2) == null && sources.containsKey(name.group(1))))
            .map(name -> name.group())
            .toList();
    assertThat(missing).isEmpty();
  }

  @Test
  void namesScriptsThatTheGateRuns() {
    String gate = Sources.read(Path.of(".ci/run"));
    assertThat(SCRIPT.matcher(page()).results().map(script -> script.group(1)).distinct())
        .isNotEmpty()
        .allSatisfy(script -> assertThat(gate).contains("bash " + script));
  }

  @Test
  void everyPromiseHasATest() {
    assertThat(page().lines().filter(line -> line.startsWith("| ") && !line.startsWith("| **")))
        .hasSizeGreaterThan(30)
        .allMatch(
            line ->
                line.startsWith("| promise |")
                    || line.startsWith("| ---")
                    || NAME.matcher(line).find()
                    || SCRIPT.matcher(line).find());
  }

  private static String page() {
    return Sources.read(Path.of("SECURITY.md"));
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""), Sources::read));
    }
  }
}
