package io.simplejwt.delivery;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Reads manifests into Kubernetes' own types, and walks through everything in them. */
final class Manifests {
  /** What `mvn package` made of the settings and of src/main/kubernetes/kubernetes.yml. */
  static final Path GENERATED = Path.of("target/kubernetes/kubernetes.yml");

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Manifests() {}

  /** The generated one and those of deploy/. */
  static List<Path> files() {
    try (Stream<Path> beside = Files.list(Path.of("deploy"))) {
      return Stream.concat(Stream.of(GENERATED), beside.filter(Manifests::isManifest).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isManifest(Path file) {
    return file.toString().endsWith(".yml");
  }

  /** Whether the file only says what changes in an object of another file. */
  static boolean isPatch(Path file) {
    return file.toString().endsWith("-patch.yml");
  }

  static List<HasMetadata> objects(Path file) {
    try {
      return Arrays.stream(Files.readString(file).split("(?m)^---$"))
          .filter(document -> document.lines().anyMatch(line -> line.matches("\\w.*")))
          .map(Manifests::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static HasMetadata parse(String document) {
    return YAML.unmarshal(document);
  }

  /** The fields for which Kubernetes' types have no place. */
  static List<String> unknownFields(HasMetadata object) {
    List<String> unknown = new ArrayList<>();
    walk(
        object.getKind(),
        object,
        (place, value) ->
            additional(value).keySet().forEach(name -> unknown.add(place + "." + name)));
    return unknown;
  }

  static <T extends HasMetadata> T generated(Class<T> kind) {
    return objects(GENERATED).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " in " + GENERATED));
  }

  /** Visits the object and all that is in it, each with its place. */
  static void walk(String place, Object value, BiConsumer<String, Object> visitor) {
    if (value instanceof Collection<?> list) {
      int index = 0;
      for (Object item : list) {
        walk(place + "[" + index++ + "]", item, visitor);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> walk(place + "." + key, item, visitor));
    } else if (value instanceof KubernetesResource) {
      visitor.accept(place, value);
      fields(value)
          .forEach(field -> walk(place + "." + field.getName(), read(field, value), visitor));
    }
  }

  private static Stream<Field> fields(Object value) {
    return Stream.<Class<?>>iterate(value.getClass(), c -> c != null, Class::getSuperclass)
        .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
        .filter(field -> !Modifier.isStatic(field.getModifiers()));
  }

  private static Object read(Field field, Object value) {
    try {
      field.setAccessible(true);
      return field.get(value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> additional(Object value) {
    try {
      Object found = value.getClass().getMethod("getAdditionalProperties").invoke(value);
      return found == null ? Map.of() : (Map<String, Object>) found;
    } catch (NoSuchMethodException e) {
      return Map.of();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
