package io.simplejwt.http;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses bodies that do not say that they are JSON, which the framework would guess to be. */
public class JsonOnlyFilter {
  private static final Set<String> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /** In UTF-8, which is JSON's only encoding (RFC 8259 §8.1). */
  private static final Pattern JSON =
      Pattern.compile(
          "application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);

  @ServerRequestFilter(nonBlocking = true)
  public void refuseOtherBodies(ContainerRequestContext request) {
    if (!WITH_BODY.contains(request.getMethod())) {
      return;
    }
    String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (type == null || !JSON.matcher(type).matches()) {
      throw Problem.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json")
          .exception();
    }
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding")
          .exception();
    }
  }
}
