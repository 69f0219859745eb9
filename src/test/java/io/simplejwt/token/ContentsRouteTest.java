package io.simplejwt.token;

import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.simplejwt.store.EmbeddedStore;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The short way and the resource say the same. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class ContentsRouteTest {
  private static final Set<String> OF_THE_ANSWER = Set.of("X-Request-Id", "Date");

  @Test
  void answersAsResourceDoes() {
    String token = admin();
    Response shortWay = as(token).accept("application/json").get("/contents");
    Response resource = as(token).accept("application/json;q=0.9").get("/contents");

    assertThat(shortWay.statusCode()).isEqualTo(200);
    assertThat(resource.statusCode()).isEqualTo(200);
    assertThat(shortWay.asString()).isEqualTo(resource.asString());
    assertThat(headers(shortWay)).isEqualTo(headers(resource));
  }

  @Test
  void leavesOtherWishesToResource() {
    as(admin()).accept("text/html").get("/contents").then().statusCode(406);
    as("x.y.z").accept("*/*").get("/contents").then().statusCode(401);
  }

  private static TreeSet<String> headers(Response answer) {
    return answer.headers().asList().stream()
        .filter(header -> !OF_THE_ANSWER.contains(header.getName()))
        .map(Header::toString)
        .map(String::toLowerCase)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
