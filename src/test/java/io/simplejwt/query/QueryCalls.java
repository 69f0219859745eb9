package io.simplejwt.query;

import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** {@code POST /query} as tests make it. */
final class QueryCalls {
  private static final String PASSWORD = "a good password";

  private QueryCalls() {}

  /** A token of a new account with these roles. */
  static String tokenWith(String... roles) {
    String email = newEmail();
    String id = accountId(signIn(email, PASSWORD));
    as(admin(), Map.of("roles", List.of(roles))).patch("/accounts/" + id).then().statusCode(200);
    return signIn(email, PASSWORD);
  }

  static Response query(String token, String sql) {
    return as(token, Map.of("query", sql)).post("/query");
  }

  static Response query(String token, String sql, Map<String, ?> parameters) {
    return as(token, Map.of("query", sql, "parameters", parameters)).post("/query");
  }

  /** The body of a call that must succeed. */
  static String answer(String token, String sql) {
    return query(token, sql).then().statusCode(200).extract().asString();
  }
}
