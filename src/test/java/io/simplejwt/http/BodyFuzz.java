package io.simplejwt.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.simplejwt.problem.ProblemException;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON of every call's body on whatever a fuzzer finds, read as the service reads it; run by
 * {@code ci/fuzz.sh}. It is refused as JSON or as a request, or it becomes a request whose text
 * repeats nothing that was sent, since texts of objects end up in logs.
 */
public final class BodyFuzz {
  private static final int TELLING = 12;
  private static final ObjectMapper STRICT = strict();
  static final Set<Class<?>> BODIES = bodies();

  private BodyFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (BodyLimitFilter.isOtherEncoding(Arrays.copyOf(input, Math.min(4, input.length)))) {
      return; // refused before anybody reads it
    }
    for (Class<?> body : BODIES) {
      try {
        requireSilence(String.valueOf(STRICT.readValue(input, body)), input, body);
      } catch (JsonProcessingException | ProblemException refused) {
        continue;
      }
    }
  }

  private static void requireSilence(String text, byte[] input, Class<?> body) throws Exception {
    JsonNode sent = STRICT.readTree(input);
    for (JsonNode member : sent) {
      if (member.isTextual()
          && member.textValue().length() >= TELLING
          && text.contains(member.textValue())) {
        throw new AssertionError(body + " repeats what was sent: " + text);
      }
    }
  }

  private static ObjectMapper strict() {
    ObjectMapper mapper = new ObjectMapper();
    new StrictJson().customize(mapper);
    return mapper;
  }

  /** What the resources take without saying from where: a call has one body at most. */
  private static Set<Class<?>> bodies() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.simplejwt")
            .stream()
            .filter(found -> found.isAnnotatedWith(Path.class))
            .flatMap(resource -> resource.getMethods().stream())
            .map(BodyFuzz::body)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Class<?>> body(JavaMethod method) {
    return method.getParameters().stream()
        .filter(parameter -> parameter.getAnnotations().isEmpty())
        .map(JavaParameter::getRawType)
        .<Class<?>>map(JavaClass::reflect)
        .filter(Class::isRecord)
        .toList();
  }
}
