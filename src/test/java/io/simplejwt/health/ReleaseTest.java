package io.simplejwt.health;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class ReleaseTest {
  @Test
  void tellsAdministratorsOnlyWhichReleaseThisIs() {
    given().get("/release").then().statusCode(401);
    as(signIn(newEmail(), "mypwd")).get("/release").then().statusCode(403);
    as(admin())
        .get("/release")
        .then()
        .statusCode(200)
        .body("version", equalTo("unknown"))
        .body("commit", equalTo("unknown"))
        .body("color", equalTo("none"));
  }
}
