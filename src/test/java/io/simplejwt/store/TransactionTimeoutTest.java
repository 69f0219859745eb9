package io.simplejwt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplejwt.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that stands still for longer than a transaction may last: the caller comes again. */
class TransactionTimeoutTest {
  private static final Duration LONGEST = Duration.ofMillis(300);

  @TempDir Path directory;
  private Database database;

  @BeforeEach
  void open() {
    database = new Database(Drivers.embedded(directory.resolve("some.db")), false, LONGEST);
    database.write(sql -> sql.execute("CREATE TABLE thing (name TEXT)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatTookTooLongHasNotHappened() {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      add();
                      database.afterCommit(() -> database.write(sql -> sql.execute("no SQL")));
                      standStill();
                      add();
                      return null;
                    }))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("UNAVAILABLE");
    assertThat(things()).isZero();
  }

  @Test
  void partThatIsQuickDoesNotMakeTheWholeInTime() {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      standStill();
                      return database.inTransaction(this::add);
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(things()).isZero();
  }

  @Test
  void nextOneIsItsOwn() {
    whatTookTooLongHasNotHappened();
    database.inTransaction(this::add);
    assertThat(things()).isEqualTo(1);
  }

  private int add() {
    return database.write(sql -> sql.execute("INSERT INTO thing VALUES ('one')"));
  }

  private int things() {
    return database.query(
        sql -> sql.createQuery("SELECT count(*) FROM thing").mapTo(int.class).one());
  }

  private static void standStill() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun <= LONGEST.toNanos()) {
      Thread.onSpinWait();
    }
  }
}
