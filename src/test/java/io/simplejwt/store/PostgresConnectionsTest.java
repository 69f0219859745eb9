package io.simplejwt.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.problem.ProblemException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the pool asks of PostgreSQL, and what it makes of connections that are gone. */
@QuarkusTest
@TestProfile(PostgresStore.class)
class PostgresConnectionsTest {
  private static final int MOST = 16;

  @Inject Database database;

  /** The revocation list counts on it: a machine that stands still must not commit much later. */
  @Test
  void serverEndsTransactionsThatStandStill() {
    String bound =
        database.query(
            sql ->
                sql.createQuery("SHOW idle_in_transaction_session_timeout")
                    .mapTo(String.class)
                    .one());
    assertThat(bound).isEqualTo("30s");
  }

  /** As a server that was restarted leaves them: each is found out once, and never handed on. */
  @Test
  void connectionsThatAreGoneAreReplaced() throws Exception {
    occupyAll();
    try (Connection other = PostgresStore.Server.connect();
        Statement sql = other.createStatement()) {
      sql.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE usename = current_user AND pid <> pg_backend_pid()");
    }
    long failures = IntStream.range(0, 4 * MOST).filter(call -> !answers()).count();
    assertThat(failures).isLessThanOrEqualTo(MOST);
    assertThat(IntStream.range(0, MOST).allMatch(call -> answers())).isTrue();
  }

  private void occupyAll() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(MOST - 2); // the service has its own
    CountDownLatch in = new CountDownLatch(MOST - 2);
    List<Future<Integer>> readers =
        IntStream.range(0, MOST - 2)
            .mapToObj(reader -> threads.submit(() -> database.query(sql -> meet(in))))
            .toList();
    for (Future<Integer> reader : readers) {
      reader.get();
    }
    threads.shutdown();
  }

  private static int meet(CountDownLatch all) {
    all.countDown();
    try {
      all.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return 1;
  }

  private boolean answers() {
    try {
      return database.query(sql -> sql.createQuery("SELECT 1").mapTo(int.class).one()) == 1;
    } catch (ProblemException away) {
      return false;
    }
  }
}
