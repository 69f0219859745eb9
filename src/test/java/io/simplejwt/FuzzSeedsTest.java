package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.simplejwt.http.BodyFuzz;
import io.simplejwt.query.SqlFuzz;
import io.simplejwt.token.TokenFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a fuzzer starts from, and what one has found: kept in {@code src/test/resources/fuzz}. */
class FuzzSeedsTest {
  private interface Target {
    void on(byte[] input) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> tokens() throws IOException {
    return seeds("token", TokenFuzz::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> bodies() throws IOException {
    return seeds("body", BodyFuzz::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> statements() throws IOException {
    return seeds("sql", SqlFuzz::fuzzerTestOneInput);
  }

  private static Stream<DynamicTest> seeds(String folder, Target target) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz", folder))) {
      return files.toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> {
                        byte[] input = Files.readAllBytes(file);
                        assertThatCode(() -> target.on(input)).doesNotThrowAnyException();
                      }));
    }
  }
}
