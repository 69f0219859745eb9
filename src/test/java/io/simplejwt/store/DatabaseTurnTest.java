package io.simplejwt.store;

import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While somebody writes to the embedded store, further writers queue, and readers need not. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class DatabaseTurnTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Inject Database database;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CompletableFuture<Void> held = new CompletableFuture<>();
  private CompletableFuture<Void> holder;

  @BeforeEach
  void somebodyWrites() {
    CompletableFuture<Void> in = new CompletableFuture<>();
    holder =
        runAsync(
            () ->
                database.inTransaction(
                    () -> {
                      in.complete(null);
                      return held.join();
                    }),
            threads);
    in.join();
  }

  @AfterEach
  void end() {
    held.complete(null);
    assertThat(holder).succeedsWithin(LONG);
    threads.shutdown();
  }

  @Test
  void writerQueues() throws InterruptedException {
    AtomicBoolean begun = new AtomicBoolean();
    assertQueues(begun, () -> database.write(sql -> begun.getAndSet(true)));
  }

  @Test
  void transactionQueues() throws InterruptedException {
    AtomicBoolean begun = new AtomicBoolean();
    assertQueues(begun, () -> database.inTransaction(() -> begun.getAndSet(true)));
  }

  @Test
  void readerIsServed() {
    assertThat(supplyAsync(() -> database.query(DatabaseTurnTest::one), threads))
        .succeedsWithin(LONG)
        .isEqualTo(1);
  }

  private void assertQueues(AtomicBoolean begun, Runnable writing) throws InterruptedException {
    Thread writer = new Thread(writing);
    writer.start();
    while (writer.getState() != Thread.State.TIMED_WAITING
        && writer.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    assertThat(begun).as("begun while another one writes").isFalse();
    held.complete(null);
    writer.join(LONG.toMillis());
    assertThat(begun).as("begun when the other one was through").isTrue();
  }

  private static int one(Handle sql) {
    return sql.createQuery("SELECT 1").mapTo(int.class).one();
  }
}
