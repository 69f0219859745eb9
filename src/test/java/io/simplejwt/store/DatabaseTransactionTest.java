package io.simplejwt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplejwt.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One transaction a thread, whole or not at all; who is told of it is told afterwards. */
class DatabaseTransactionTest {
  @TempDir Path directory;
  private Database database;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void open() {
    database =
        new Database(Drivers.embedded(directory.resolve("some.db")), false, Database.LONGEST);
    database.write(sql -> sql.execute("CREATE TABLE thing (name TEXT PRIMARY KEY)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatFailsLeavesNothingOfTheTransactionsWithinIt() {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      add("outer");
                      database.inTransaction(() -> add("inner"));
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(things()).isEmpty();
  }

  @Test
  void readsWhatItsOwnTransactionWrote() {
    database.inTransaction(
        () -> {
          add("mine");
          assertThat(things()).containsExactly("mine");
          return null;
        });
  }

  @Test
  void tellsWhenTheOutermostOneIsOnDisk() {
    database.inTransaction(
        () -> {
          database.inTransaction(
              () -> {
                database.afterCommit(() -> told.add("inner"));
                return add("one");
              });
          assertThat(told).as("told before the commit").isEmpty();
          return null;
        });
    assertThat(told).containsExactly("inner");
  }

  @Test
  void tellsNobodyOfWhatIsRolledBackAndOfNothingTwice() {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      database.afterCommit(() -> told.add("rolled back"));
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    database.inTransaction(() -> add("one"));
    assertThat(told).isEmpty();
  }

  @Test
  void promiseOutsideOfATransactionIsAMistake() {
    assertThatThrownBy(() -> database.afterCommit(() -> told.add("never")))
        .isInstanceOf(IllegalStateException.class);
  }

  /** It is on disk, so its caller must not hear that it failed, and the others must hear of it. */
  @Test
  void whoFailsAfterwardsHarmsNobody() {
    int added =
        database.inTransaction(
            () -> {
              database.afterCommit(
                  () -> {
                    throw new IllegalStateException("on purpose");
                  });
              database.afterCommit(() -> told.add("the next one"));
              return add("one");
            });
    assertThat(added).isEqualTo(1);
    assertThat(told).containsExactly("the next one");
  }

  @Test
  void storeThatIsClosedDoesNotAnswer() {
    database.close();
    assertThatThrownBy(this::things)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("UNAVAILABLE");
  }

  /** A connection that an error left in a transaction would hold the store's lock. */
  @Test
  void brokenSqlHoldsNobodyUp() {
    for (int i = 0; i < 20; i++) { // more than there are connections
      assertThatThrownBy(
          () ->
              database.inTransaction(
                  () -> {
                    add("one");
                    return add("one");
                  }));
    }
    assertThat(things()).isEmpty();
    database.inTransaction(() -> add("one"));
    assertThat(things()).containsExactly("one");
  }

  @Test
  void whoFindsAllConnectionsInUseIsToldToComeAgain() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch in = new CountDownLatch(8);
    CountDownLatch out = new CountDownLatch(1);
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      readers.add(
          threads.submit(
              () ->
                  database.query(
                      sql -> {
                        in.countDown();
                        return await(out);
                      })));
    }
    assertThat(in.await(60, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(this::things)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("UNAVAILABLE");
    out.countDown();
    for (Future<?> reader : readers) {
      reader.get(60, TimeUnit.SECONDS);
    }
    assertThat(things()).isEmpty();
    threads.shutdown();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int add(String name) {
    return database.write(sql -> sql.execute("INSERT INTO thing VALUES (?)", name));
  }

  private List<String> things() {
    return database.query(
        sql -> sql.createQuery("SELECT name FROM thing").mapTo(String.class).list());
  }
}
