package io.simplejwt;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.simplejwt.store.EmbeddedStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of the interface, as tests make them. */
public final class Calls {
  private static final AtomicInteger PEOPLE = new AtomicInteger();

  private Calls() {}

  /** An email that no other test uses. */
  public static String newEmail() {
    return "person" + PEOPLE.incrementAndGet() + "@example.org";
  }

  public static Response auth(String email, String password) {
    return json(Map.of("email", email, "password", password)).post("/auth");
  }

  public static String signIn(String email, String password) {
    return auth(email, password).then().statusCode(200).extract().path("token");
  }

  public static String admin() {
    return signIn(EmbeddedStore.ADMIN, EmbeddedStore.ADMIN_PASSWORD);
  }

  /** The administrator's token, when nobody else is one: other tests have made some. */
  public static String onlyAdministrator() {
    String token = admin();
    String self = accountId(token);
    String after = "00000000-0000-7000-8000-000000000000";
    while (after != null) {
      JsonPath page =
          as(token)
              .queryParam("after", after)
              .get("/accounts")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      page.<String>getList("accounts.findAll { it.roles.contains('admin') }.id").stream()
          .filter(id -> !id.equals(self))
          .forEach(id -> as(token, Map.of("roles", List.of())).patch("/accounts/" + id));
      after = page.getString("next");
    }
    return token;
  }

  public static RequestSpecification json(Object body) {
    return given().contentType(ContentType.JSON).body(body);
  }

  public static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  public static RequestSpecification as(String token, Object body) {
    return json(body).header("Authorization", "Bearer " + token);
  }

  /** What {@code GET /contents} says to this token. */
  public static int contents(String token) {
    return as(token).get("/contents").statusCode();
  }

  public static String accountId(String token) {
    return as(token).get("/contents").then().statusCode(200).extract().path("sub");
  }
}
