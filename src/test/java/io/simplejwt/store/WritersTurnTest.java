package io.simplejwt.store;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritersTurnTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CompletableFuture<Void> held = new CompletableFuture<>();

  @AfterEach
  void end() {
    held.complete(null);
    threads.shutdown();
  }

  @Test
  void whoComesFirstIsServedFirst() {
    WritersTurn turn = WritersTurn.oneAtATime(LONG);
    hold(turn);
    List<Integer> served = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      writers.add(runAsync(() -> turn.take(() -> served.add(number)), threads));
      await(() -> turn.waiting() == number + 1);
    }
    assertThat(served).isEmpty();
    held.complete(null);
    writers.forEach(CompletableFuture::join);
    assertThat(served).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void whoIsInGoesOn() {
    WritersTurn turn = WritersTurn.oneAtATime(Duration.ofMillis(1));
    assertThat(turn.<String>take(() -> turn.take(() -> "in"))).isEqualTo("in");
  }

  @Test
  void failureGivesTheTurnBack() {
    WritersTurn turn = WritersTurn.oneAtATime(Duration.ofMillis(1));
    assertThatThrownBy(() -> turn.take(() -> List.of().get(0)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(runAsync(() -> turn.take(() -> 1), threads)).succeedsWithin(LONG);
  }

  @Test
  void patienceEndsInAFailureThatPasses() {
    WritersTurn turn = WritersTurn.oneAtATime(Duration.ofMillis(1));
    hold(turn);
    assertThatThrownBy(() -> turn.take(() -> 1)).matches(StoreFailure::isPassing);
  }

  @Test
  void otherStoresLetAllIn() {
    WritersTurn turn = WritersTurn.allAtOnce();
    hold(turn);
    assertThat(turn.<Integer>take(() -> 1)).isEqualTo(1);
  }

  /** Somebody else's turn, until the test lets it go. */
  private void hold(WritersTurn turn) {
    CompletableFuture<Void> in = new CompletableFuture<>();
    runAsync(
        () ->
            turn.take(
                () -> {
                  in.complete(null);
                  return held.join();
                }),
        threads);
    in.join();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
