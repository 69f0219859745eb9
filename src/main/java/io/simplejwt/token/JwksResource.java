package io.simplejwt.token;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code GET /.well-known/jwks.json}: the public keys by which others verify our tokens (RFC 7517
 * §5). Under HS256 the set is empty, which says what is so: there are none.
 */
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
public class JwksResource {
  private static final String CACHE = "public, max-age=" + KeyRotation.CACHED.toSeconds();

  private final TokenKeys keys;
  private final Clock clock;

  JwksResource(TokenKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @GET
  @NonBlocking
  @Operation(summary = "Tells the public keys that verify our tokens")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JwkSet.class)))
  public Response keys() {
    return Response.ok(new JwkSet(keys.published(clock.instant())))
        .header(HttpHeaders.CACHE_CONTROL, CACHE)
        .build();
  }

  record JwkSet(List<Jwk> keys) {}
}
