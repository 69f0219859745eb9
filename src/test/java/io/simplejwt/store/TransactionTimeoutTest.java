package io.simplejwt.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine that stands still for longer than a transaction may last: the caller comes again. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class TransactionTimeoutTest {
  @Inject Database database;
  @Inject TransactionManager transactions;

  @BeforeEach
  void lessTime() throws SystemException {
    transactions.setTransactionTimeout(1);
  }

  @AfterEach
  void usualTime() throws SystemException {
    transactions.setTransactionTimeout(0);
  }

  @Test
  void beforeTheCommitIsUnavailable() {
    assertUnavailable(() -> untilTimeIsOver());
  }

  @Test
  void amongItsStatementsIsUnavailable() {
    assertUnavailable(
        () -> {
          touch();
          untilTimeIsOver();
          touch();
        });
  }

  @Test
  void behindItsStatementsIsUnavailable() {
    assertUnavailable(
        () -> {
          touch();
          untilTimeIsOver();
        });
  }

  private void assertUnavailable(Runnable work) {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      work.run();
                      return null;
                    }))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("UNAVAILABLE");
  }

  private void touch() {
    database.query((Handle sql) -> sql.execute("DELETE FROM guess WHERE email_digest = 'nobody'"));
  }

  private void untilTimeIsOver() {
    try {
      while (transactions.getStatus() == Status.STATUS_ACTIVE) {
        Thread.sleep(50); // between two looks
      }
    } catch (SystemException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
