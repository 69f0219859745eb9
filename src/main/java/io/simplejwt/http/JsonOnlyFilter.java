package io.simplejwt.http;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses bodies that do not say that they are JSON, which the framework would guess to be; where a
 * standard wants a form, bodies that do not say that they are one.
 */
public class JsonOnlyFilter {
  private static final Set<String> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /** RFC 7662 §2.1, RFC 7009 §2.1. */
  private static final Set<String> WITH_FORM = Set.of("introspect", "revoke");

  /** In UTF-8, which is JSON's only encoding (RFC 8259 §8.1). */
  private static final Pattern JSON =
      Pattern.compile(
          "application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);

  /** Whatever its encoding is called: tokens are ASCII. */
  private static final Pattern FORM =
      Pattern.compile("application/x-www-form-urlencoded\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  @ServerRequestFilter(nonBlocking = true)
  public void refuseOtherBodies(ContainerRequestContext request) {
    String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (!WITH_BODY.contains(request.getMethod()) || isEmpty(request)) {
      return;
    }
    if (WITH_FORM.contains(request.getUriInfo().getPath().replace("/", ""))) {
      require(type, FORM, "application/x-www-form-urlencoded");
    } else {
      require(type, JSON, "application/json");
    }
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding")
          .exception();
    }
  }

  private static void require(String type, Pattern right, String name) {
    if (type == null || !right.matcher(type).matches()) {
      throw Problem.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: " + name).exception();
    }
  }

  /** No body needs no type: {@code POST /auth/logout} with a bearer token has none. */
  private static boolean isEmpty(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    boolean chunked = request.getHeaderString("Transfer-Encoding") != null;
    return !chunked && (length == null || length.equals("0"));
  }
}
