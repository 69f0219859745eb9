package io.simplejwt.dashboard;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * {@code GET /dashboard}: the page, which is the same for everybody and knows nothing; what it
 * shows it asks for with the token of whoever signs in there.
 *
 * <p>Its files come by this class and not as the framework's static resources, which a browser
 * would keep for a day: after a deploy, half a page would be the release before.
 */
@Path("/dashboard")
@PermitAll
public class PageResource {
  /** What stands in the page's own files and nothing else; whatever it asks, it asks here. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String POLICY_NAME = "Content-Security-Policy";
  private static final String PAGE = "dashboard.html";

  private final Map<String, PageFile> files =
      Stream.of(
              PAGE,
              "dashboard.css",
              "icon.svg",
              "main.js",
              "api.js",
              "dom.js",
              "chart.js",
              "overview.js",
              "audit.js",
              "accounts.js",
              "account.js",
              "query.js")
          .collect(Collectors.toUnmodifiableMap(name -> name, PageFile::read));

  @GET
  @NonBlocking
  @Operation(hidden = true)
  public Response page(@Context Request request, @Context HttpServerResponse response) {
    return answer(files.get(PAGE), request, response);
  }

  @GET
  @Path("/{file}")
  @NonBlocking
  @Operation(hidden = true)
  public Response file(
      @PathParam("file") String name,
      @Context Request request,
      @Context HttpServerResponse response) {
    PageFile file = files.get(name);
    if (file == null) {
      throw Problem.of(Reason.NOT_FOUND, "The dashboard has no such file").exception();
    }
    return answer(file, request, response);
  }

  /** A browser may keep a file, and asks each time whether it is still the same. */
  private static Response answer(PageFile file, Request request, HttpServerResponse response) {
    // In the place of the policy that every answer has: of two a browser takes what both allow.
    response.headers().set(POLICY_NAME, POLICY);
    CacheControl ask = new CacheControl();
    ask.setNoCache(true);
    ask.setNoTransform(false);
    EntityTag tag = new EntityTag(file.version());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer =
        unchanged == null ? Response.ok(file.content(), file.type()) : unchanged;
    return answer.tag(tag).cacheControl(ask).build();
  }
}
