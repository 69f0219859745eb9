package io.simplejwt.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  /** A start that believes the store to be newer than it is would not migrate it. */
  @Test
  void knowsEveryMigration() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      assertThat(files.map(file -> file.getFileName().toString().replaceFirst("__.*", "")))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, Schema.NEWEST).mapToObj(n -> "V" + n).toList());
    }
  }
}
