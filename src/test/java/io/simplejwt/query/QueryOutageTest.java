package io.simplejwt.query;

import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.query.QueryCalls.query;
import static io.simplejwt.query.QueryCalls.tokenWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The query database goes away while the service runs. */
@QuarkusTest
@TestProfile(QueryOutageTest.Doomed.class)
class QueryOutageTest {
  /** A server of this test's own, since it does not survive it. */
  public static final class Doomed extends QueryProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(QueryServer.class));
    }
  }

  @Test
  void callersAreToldToTryAgainAndNobodyElseNotices() {
    String token = tokenWith("query");
    query(token, "select 1").then().statusCode(200);
    QueryServer.stopRunning();
    query(token, "select 1")
        .then()
        .statusCode(503)
        .header("Retry-After", equalTo("2"))
        .body("type", equalTo("urn:simple-jwt-api:problem:unavailable"));
    auth(newEmail(), "a good password").then().statusCode(200);
    assertThat(contents(token)).isEqualTo(200);
  }
}
