package io.simplejwt.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.PostgresStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EdDsaTest.Profile.class)
class EdDsaTest extends PairConformance {
  public static final class Profile extends PostgresStore {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = super.getConfigOverrides();
      settings.put("jwt.algorithm", "EdDSA");
      return settings;
    }
  }

  @Test
  void publishesAPointOfEd25519() {
    given()
        .get("/.well-known/jwks.json")
        .then()
        .body("keys[0].kty", equalTo("OKP"))
        .body("keys[0].crv", equalTo("Ed25519"))
        .body("keys[0].x.length()", equalTo(43))
        .body("keys[0]", not(hasKey("y")));
  }
}
