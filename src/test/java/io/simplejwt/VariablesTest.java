package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code, {@code .env_file.example} and README tell of the same variables and defaults. */
class VariablesTest {
  private static final String NO_DEFAULT = "";
  private static final Pattern VERBATIM =
      Pattern.compile("Verbatim\\s*\\.\\s*read\\(\\s*\"([A-Z_]+)\"");
  private static final Pattern EXAMPLE =
      Pattern.compile("^# (.+)\n(#?)([A-Z][A-Z_]*)=(.*)$", Pattern.MULTILINE);
  private static final Pattern EXAMPLE_LINE =
      Pattern.compile("^#?([A-Z][A-Z_]*)=", Pattern.MULTILINE);
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z][A-Z_]*)` \\| (.+?) \\| .+ \\|$", Pattern.MULTILINE);
  private static final Pattern FOLDER =
      Pattern.compile("^( *)([a-z][a-z/]*)/ +\\S", Pattern.MULTILINE);

  private final String example = Sources.read(Path.of(".env_file.example"));
  private final String readme = Sources.read(Path.of("README.md"));

  @Test
  void exampleHasTheCodesVariablesEachWithAComment() throws Exception {
    List<String> named = EXAMPLE_LINE.matcher(example).results().map(m -> m.group(1)).toList();
    List<String> commented = EXAMPLE.matcher(example).results().map(m -> m.group(3)).toList();

    assertThat(named).doesNotHaveDuplicates();
    assertThat(named).containsExactlyInAnyOrderElementsOf(defaults().keySet());
    assertThat(commented).isEqualTo(named);
  }

  @Test
  void exampleHasTheCodesDefaults() throws Exception {
    Map<String, String> defaults = defaults();
    for (MatchResult variable : EXAMPLE.matcher(example).results().toList()) {
      String known = defaults.get(variable.group(3));
      if (variable.group(2).equals("#") || known.equals(NO_DEFAULT)) {
        assertThat(variable.group(4)).as(variable.group(3)).isEqualTo(known);
      } else {
        assertThat(variable.group(1)).as(variable.group(3)).contains("default " + known);
      }
    }
  }

  @Test
  void readmeHasTheCodesVariables() throws Exception {
    List<String> rows = ROW.matcher(readme).results().map(row -> row.group(1)).toList();

    assertThat(rows).doesNotHaveDuplicates();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(defaults().keySet());
  }

  @Test
  void readmeHasTheCodesDefaults() throws Exception {
    Map<String, String> defaults = defaults();
    for (MatchResult row : ROW.matcher(readme).results().toList()) {
      String known = defaults.get(row.group(1));
      String told = known.equals(NO_DEFAULT) ? "none" : "`" + known + "`";
      assertThat(row.group(2)).as(row.group(1)).startsWith(told);
    }
  }

  @Test
  void readmeMapsTheFoldersThatExist() throws IOException {
    List<MatchResult> folders = FOLDER.matcher(readme).results().toList();
    List<String> packages =
        folders.stream().filter(f -> !f.group(1).isEmpty()).map(f -> f.group(2)).toList();

    assertThat(packages).containsExactlyInAnyOrderElementsOf(Sources.packages());
    assertThat(folders)
        .filteredOn(folder -> folder.group(1).isEmpty())
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(Path.of(folder.group(2))).isDirectory());
  }

  /** Every variable that the code reads, with its default. */
  private static Map<String, String> defaults() throws Exception {
    Map<String, String> defaults = new TreeMap<>();
    for (String source : Sources.texts()) {
      VERBATIM.matcher(source).results().forEach(read -> defaults.put(read.group(1), NO_DEFAULT));
    }
    var classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.simplejwt");
    for (var found : classes) {
      if (found.isAnnotatedWith(ConfigMapping.class)) {
        Class<?> mapping = Class.forName(found.getName());
        for (Method method : mapping.getDeclaredMethods()) {
          if (Modifier.isAbstract(method.getModifiers())) {
            WithDefault given = method.getAnnotation(WithDefault.class);
            defaults.put(variable(mapping, method), given == null ? NO_DEFAULT : given.value());
          }
        }
      }
    }
    return defaults;
  }

  /** The environment variable that sets the property, as the configuration library maps them. */
  private static String variable(Class<?> mapping, Method method) {
    String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
    String words = method.getName().replaceAll("([A-Z])", "_$1");
    boolean whole = method.isAnnotationPresent(WithParentName.class);
    return (whole ? prefix : prefix + "_" + words).toUpperCase(Locale.ROOT);
  }
}
