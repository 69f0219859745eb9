package io.simplejwt.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of code in one section of README. */
final class ReadmeBlocks {
  private ReadmeBlocks() {}

  /** Those in this language, up to the next heading; an empty one is plain output. */
  static List<String> after(String heading, String language) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int from = readme.indexOf("\n" + heading + "\n") + heading.length() + 2;
    String section = readme.substring(from).split("\n#", 2)[0];
    return Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(section)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }
}
