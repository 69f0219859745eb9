package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages lead to files that are there: other pages, and the dashboard's pictures. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "SECURITY.md",
        "docs/operations.md",
        "docs/capacity.md",
        "bench/README.md",
        "aws/README.md",
        "aws/permissions.md"
      })
  void leadSomewhere(String page) {
    Path file = Path.of(page);
    assertThat(LINK.matcher(Sources.read(file)).results().map(link -> link.group(1)))
        .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
  }
}
