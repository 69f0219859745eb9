package io.simplejwt;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.simplejwt.store.EmbeddedStore;
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
