package io.simplejwt.query;

import static io.simplejwt.query.QueryCalls.query;
import static io.simplejwt.query.QueryCalls.tokenWith;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.PostgresStore;
import org.junit.jupiter.api.Test;

/** Beside accounts in PostgreSQL nothing is queried that the operator did not name. */
@QuarkusTest
@TestProfile(PostgresStore.class)
class NoQueryDatabaseTest {
  @Test
  void saysWhatIsMissing() {
    for (String role : new String[] {"query", "query-write"}) {
      query(tokenWith(role), "select * from account")
          .then()
          .statusCode(503)
          .header("Retry-After", equalTo("3600"))
          .body("detail", containsString("QUERY_DATABASE_URL"));
    }
  }
}
