package io.simplejwt.problem;

import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Any;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The methods that a path answers, for the {@code Allow} header that the framework leaves out. Read
 * from the resources' own annotations, so that nothing has to be listed twice.
 */
public final class AllowedMethods {
  private AllowedMethods() {}

  /** Empty where the path is nobody's. */
  public static Set<String> of(String path) {
    Set<String> allowed = new TreeSet<>();
    Arc.container()
        .beanManager()
        .getBeans(Object.class, Any.Literal.INSTANCE)
        .forEach(bean -> collect(bean.getBeanClass(), path, allowed));
    if (allowed.contains(HttpMethod.GET)) {
      allowed.add(HttpMethod.HEAD);
    }
    if (!allowed.isEmpty()) {
      allowed.add(HttpMethod.OPTIONS);
    }
    return allowed;
  }

  private static void collect(Class<?> resource, String path, Set<String> allowed) {
    Path root = resource.getAnnotation(Path.class);
    if (root == null) {
      return;
    }
    for (Method method : resource.getDeclaredMethods()) {
      Path own = method.getAnnotation(Path.class);
      String template = root.value() + "/" + (own == null ? "" : own.value());
      if (matches(template, path)) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (http != null) {
            allowed.add(http.value());
          }
        }
      }
    }
  }

  private static boolean matches(String template, String path) {
    return Pattern.matches(tidy(template).replaceAll("\\{[^/]+}", "[^/]+"), tidy(path));
  }

  private static String tidy(String path) {
    return ("/" + path + "/").replaceAll("/+", "/");
  }
}
