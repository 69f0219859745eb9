package io.simplejwt.health;

import io.simplejwt.account.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code GET /release}: which release answers. For administrators only: a version tells attackers
 * which of its faults to try.
 */
@Produces(MediaType.APPLICATION_JSON)
@Path("/release")
@Tag(name = "Health")
public class ReleaseResource {
  private final ReleaseConfig release;

  ReleaseResource(ReleaseConfig release) {
    this.release = release;
  }

  @GET
  @RolesAllowed(Role.ADMINISTRATOR)
  @Operation(summary = "Tells version, commit and colour of the release")
  public Release release() {
    return new Release(release.version(), release.commit(), release.color());
  }

  /** What is told. */
  public record Release(String version, String commit, String color) {}
}
