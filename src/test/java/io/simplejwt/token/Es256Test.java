package io.simplejwt.token;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Es256Test.Profile.class)
class Es256Test extends PairConformance {
  private static final String ISSUER = "https://accounts.example.org";

  public static final class Profile extends EmbeddedStore {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = super.getConfigOverrides();
      settings.put("jwt.algorithm", "ES256");
      settings.put("jwt.issuer", ISSUER);
      settings.put("jwt.audience", "shop");
      return settings;
    }
  }

  @Test
  void publishesAPointOfP256() {
    given()
        .get("/.well-known/jwks.json")
        .then()
        .body("keys[0].kty", equalTo("EC"))
        .body("keys[0].crv", equalTo("P-256"))
        .body("keys[0].x.length()", equalTo(43))
        .body("keys[0].y.length()", equalTo(43));
  }

  @Test
  void nimbusVerifiesByTheSet() throws Exception {
    DefaultJWTProcessor<SecurityContext> nimbus = new DefaultJWTProcessor<>();
    nimbus.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT));
    nimbus.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256,
            JWKSourceBuilder.<SecurityContext>create(root.resolve("/.well-known/jwks.json").toURL())
                .build()));
    nimbus.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            "shop",
            new JWTClaimsSet.Builder().issuer(ISSUER).build(),
            Set.of("sub", "exp", "sid")));
    String token = signIn(newEmail(), "a good password");
    assertThat(nimbus.process(token, null).getSubject()).isEqualTo(accountId(token));
    String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
    assertThatThrownBy(() -> nimbus.process(forged, null)).isInstanceOf(BadJOSEException.class);
  }

  @Test
  void tellsWhereItsCallsAre() {
    given()
        .get("/.well-known/oauth-authorization-server")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("issuer", equalTo(ISSUER))
        .body("jwks_uri", equalTo(ISSUER + "/.well-known/jwks.json"))
        .body("token_endpoint", equalTo(ISSUER + "/auth"))
        .body("introspection_endpoint", equalTo(ISSUER + "/introspect"))
        .body("revocation_endpoint", equalTo(ISSUER + "/revoke"))
        .body("response_types_supported", equalTo(List.of("none")));
  }
}
