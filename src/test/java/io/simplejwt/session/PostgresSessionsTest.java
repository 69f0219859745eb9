package io.simplejwt.session;

import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.contents;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.PostgresStore;
import io.simplejwt.token.RevocationList;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PostgresStore.class)
class PostgresSessionsTest extends SessionsConformance {
  /** Another replica ends a session, and takes its time before it commits. */
  @Test
  void rowThatIsCommittedLateIsNotMissed() throws Exception {
    String late = signIn(newEmail(), "a good password");
    String lateId = sid(late);
    RevocationList elsewhere = new RevocationList();
    RevocationFollower follower = follower(elsewhere);
    follower.start(null);
    try (Connection slow = PostgresStore.Server.connect()) {
      slow.setAutoCommit(false);
      try (PreparedStatement end =
          slow.prepareStatement("UPDATE session SET ended_at = ? WHERE id = ?")) {
        end.setLong(1, Instant.now().getEpochSecond());
        end.setString(2, lateId);
        end.executeUpdate();
      }
      for (int poll = 0; poll < 3; poll++) { // others end, commit, and are read meanwhile
        String other = signIn(newEmail(), "a good password");
        String otherId = sid(other);
        as(other).post("/auth/logout").then().statusCode(204);
        Thread.sleep(1100); // so that its time is a later one
        follower.follow();
        assertThat(elsewhere.hasEnded(otherId)).isTrue();
        assertThat(elsewhere.hasEnded(lateId)).isFalse();
        assertThat(contents(late)).isEqualTo(200);
      }
      slow.commit();
    }
    follower.follow();
    assertThat(elsewhere.hasEnded(lateId)).isTrue();
    long deadline = System.nanoTime() + 2_000_000_000L; // and the service's own follower by itself
    while (contents(late) != 401) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }
}
