package io.simplejwt.http;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps the framework from writing the API's description where {@code OPENAPI} is off: it does so
 * at each start, served or not, which was a seventh of what a start computes.
 */
public final class DescriptionWhereServed implements BuildCompatibleExtension {
  @Enhancement(types = OpenApiDocumentService.class)
  public void bind(ClassConfig service) {
    service.addAnnotation(Bound.class);
  }

  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @interface Bound {}

  @Bound
  @Interceptor
  @Priority(Interceptor.Priority.APPLICATION)
  static class Guard {
    private final boolean served;

    Guard(@ConfigProperty(name = "quarkus.smallrye-openapi.enabled") boolean served) {
      this.served = served;
    }

    @AroundInvoke
    Object proceed(InvocationContext call) throws Exception {
      return served ? call.proceed() : null;
    }
  }
}
