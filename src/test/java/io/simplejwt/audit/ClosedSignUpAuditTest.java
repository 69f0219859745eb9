package io.simplejwt.audit;

import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may make accounts is decided by no annotation: its refusals reach the audit all the same. */
@QuarkusTest
@TestProfile(EmbeddedStore.Closed.class)
class ClosedSignUpAuditTest {
  private static final String PASSWORD = "umbrella gravel seventeen";

  @Inject Audit audit;

  @Test
  void whoMayNotMakeAccountsIsAudited() {
    String email = newEmail();
    as(admin(), Map.of("email", email, "password", PASSWORD)).post("/accounts");
    String person = signIn(email, PASSWORD);
    as(person, Map.of("email", newEmail(), "password", PASSWORD))
        .post("/accounts")
        .then()
        .statusCode(403);
    audit.writeRefusals();
    as(admin())
        .get("/audit?kind=refusal&account=" + accountId(person))
        .then()
        .body("entries[0].detail", equalTo("role missing"));
  }
}
