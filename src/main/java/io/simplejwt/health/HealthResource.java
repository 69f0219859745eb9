package io.simplejwt.health;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /}: whether the service answers. */
@Path("/")
@Tag(name = "Health")
public class HealthResource {
  @GET
  @NonBlocking
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Says \"Healthy\"")
  public String health() {
    return "\"Healthy\"";
  }
}
