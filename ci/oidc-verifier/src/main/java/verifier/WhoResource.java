package verifier;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Tells callers who they are, by a token that another service gave them. */
@Path("/who")
@Authenticated
public class WhoResource {
  private final JsonWebToken token;

  WhoResource(JsonWebToken token) {
    this.token = token;
  }

  @GET
  public String who() {
    return token.getClaim("email") + " " + token.getSubject();
  }
}
