package io.simplejwt.token;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.simplejwt.token.Verdict.Valid;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code GET /contents}: the claims of the caller's own token.
 *
 * <p>It asks the {@link Bearer} door itself instead of being {@code @Authenticated}: it needs the
 * verdict and no identity, and the framework's way to one costs as much as the verifying.
 */
@Path("/contents")
@Tag(name = "Token")
public class ContentsResource {
  private final Bearer bearer;

  ContentsResource(Bearer bearer) {
    this.bearer = bearer;
  }

  @GET
  @NonBlocking // no I/O, no lock, no hash: it stays on the event loop
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Answers with the claims of the bearer token")
  @SecurityRequirement(name = "SecurityScheme")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  public Buffer contents(@Context RoutingContext context) {
    Verdict verdict =
        bearer.in(context.request()).orElseThrow(UnauthorizedException::new).verdict();
    if (verdict instanceof Valid valid) {
      return Buffer.buffer(valid.json());
    }
    throw new AuthenticationFailedException();
  }
}
