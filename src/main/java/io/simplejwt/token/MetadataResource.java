package io.simplejwt.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code GET /.well-known/oauth-authorization-server}: where the calls are that OAuth knows (RFC
 * 8414), if {@code JWT_ISSUER} is the https address that they start with.
 *
 * <p>RFC 8414 §2 demands a token endpoint, and §3.2 forbids empty lists. Ours takes JSON, which is
 * no grant of OAuth's own: so the grant type is a name of our own (RFC 6749 §4.5), and the response
 * type the one that promises nothing, since there is no authorization endpoint.
 */
@Path("/.well-known/oauth-authorization-server")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
public class MetadataResource {
  private static final List<String> BEARER = List.of("Bearer");

  private final JwtConfig config;

  MetadataResource(JwtConfig config) {
    this.config = config;
  }

  @GET
  @NonBlocking
  @Operation(summary = "Tells where the calls are that OAuth knows")
  public Metadata metadata() {
    String issuer = config.issuer();
    if (!isAddress(issuer)) {
      throw Problem.of(Reason.NOT_FOUND, "JWT_ISSUER is no https address").exception();
    }
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return new Metadata(
        issuer,
        base + "/auth",
        base + "/.well-known/jwks.json",
        base + "/introspect",
        BEARER,
        base + "/revoke",
        BEARER,
        List.of("none"),
        List.of("urn:simple-jwt-api:grant-type:json-password"));
  }

  /** RFC 8414 §2: https, no query, no fragment. */
  static boolean isAddress(String issuer) {
    try {
      URI uri = URI.create(issuer);
      return "https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The members that RFC 8414 §2 knows and we have. */
  @Schema(name = "AuthorizationServer")
  public record Metadata(
      String issuer,
      @JsonProperty("token_endpoint") String tokenEndpoint,
      @JsonProperty("jwks_uri") String jwksUri,
      @JsonProperty("introspection_endpoint") String introspectionEndpoint,
      @JsonProperty("introspection_endpoint_auth_methods_supported")
          List<String> introspectionAuthentication,
      @JsonProperty("revocation_endpoint") String revocationEndpoint,
      @JsonProperty("revocation_endpoint_auth_methods_supported")
          List<String> revocationAuthentication,
      @JsonProperty("response_types_supported") List<String> responseTypes,
      @JsonProperty("grant_types_supported") List<String> grantTypes) {}
}
