package io.simplejwt.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.simplejwt.account.Role;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.Parameters;
import io.simplejwt.token.KeyFollower.Description;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /keys/rotate}: an administrator has the signing key replaced before its time. */
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
public class KeysResource {
  private final KeyRotation rotation;
  private final Audit audit;
  private final JsonWebToken token;

  KeysResource(KeyRotation rotation, Audit audit, JsonWebToken token) {
    this.rotation = rotation;
    this.audit = audit;
    this.token = token;
  }

  @POST
  @Path("/rotate")
  @RolesAllowed(Role.ADMINISTRATOR)
  @Operation(
      summary = "Replaces the signing key",
      description =
          "The new key is published now and signs in ten minutes; nobody notices. With"
              + " \"compromised\": true it signs at once and every token in circulation ends")
  public Keys rotate(Rotation body, @Context RoutingContext context) {
    boolean compromised = Boolean.TRUE.equals(Parameters.requireBody(body).compromised());
    Origin origin = Origin.of(context).by(token.getSubject());
    AuditEvent event =
        new AuditEvent(
            Kind.KEYS_ROTATED, Optional.empty(), compromised ? "compromised" : "", origin);
    return new Keys(
        rotation.rotate(compromised, () -> audit.record(event)).stream()
            .map(KeysResource::view)
            .toList());
  }

  private static Key view(Description key) {
    return new Key(
        key.id(),
        key.algorithm(),
        key.state().name().toLowerCase(Locale.ROOT),
        key.signsFrom(),
        key.verifiesUntil().orElse(null));
  }

  /** What is asked for. */
  @Schema(name = "KeyRotation")
  public record Rotation(
      @Schema(description = "Whether a private key leaked") Boolean compromised) {}

  /** The newest first. */
  @Schema(name = "SigningKeys")
  public record Keys(List<Key> keys) {}

  /** One of them. */
  @Schema(name = "SigningKey")
  public record Key(
      String kid,
      @Schema(examples = "ES256") String alg,
      @Schema(description = "next, current or previous") String state,
      @JsonProperty("signs_from") Instant signsFrom,
      @Schema(description = "Absent while no other key follows") @JsonProperty("verifies_until")
          Instant verifiesUntil) {}
}
