package io.simplejwt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's own source files, as the tests of what can drift read them. */
final class Sources {
  static final Path MAIN = Path.of("src/main/java/io/simplejwt");

  private Sources() {}

  /** The names of the packages below {@code io.simplejwt}. */
  static Set<String> packages() throws IOException {
    try (Stream<Path> entries = Files.list(MAIN)) {
      return entries
          .filter(Files::isDirectory)
          .map(directory -> directory.getFileName().toString())
          .collect(Collectors.toSet());
    }
  }

  /** The text of every Java file of the service. */
  static List<String> texts() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files.filter(file -> file.toString().endsWith(".java")).map(Sources::read).toList();
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
