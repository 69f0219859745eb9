package io.simplejwt.login;

import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.newEmail;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import org.junit.jupiter.api.Test;

/** Signing up by signing in is no guessing, however often it fails. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class SignUpGuessTest {
  private static final int MORE_THAN_ALLOWED = 30;

  @Test
  void passwordThatNobodyMayChooseIsNoGuess() {
    String email = newEmail();
    for (int i = 0; i < MORE_THAN_ALLOWED; i++) {
      auth(email, "shrt").then().statusCode(400);
    }
    auth(email, "mypwd").then().statusCode(200);
  }
}
