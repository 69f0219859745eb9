package io.simplejwt.store;

import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A queue for the embedded store, which lets one writer in at a time. Left to itself, who finds it
 * taken asks again after pauses that grow to a tenth of a second, and whoever came later may have
 * been in by then: of 32 clients that refreshed, the slowest waited for seconds.
 *
 * <p>Those who wait are served in their order; who comes just as it is free need not wait, since to
 * wake somebody else for that moment would cost a fifth of the throughput.
 */
final class WritersTurn {
  private final ReentrantLock queue = new ReentrantLock();
  private final Duration patience;
  private final boolean oneAtATime;

  private WritersTurn(Duration patience, boolean oneAtATime) {
    this.patience = patience;
    this.oneAtATime = oneAtATime;
  }

  static WritersTurn oneAtATime(Duration patience) {
    return new WritersTurn(patience, true);
  }

  /** For a store that orders its writers itself. */
  static WritersTurn allAtOnce() {
    return new WritersTurn(Duration.ZERO, false);
  }

  /** Runs the work alone; within it, further work of the same thread at once. */
  <T> T take(Supplier<T> work) {
    if (!oneAtATime) {
      return work.get();
    }
    await();
    try {
      return work.get();
    } finally {
      queue.unlock();
    }
  }

  private void await() {
    try {
      if (!queue.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy("others have written for " + patience.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy("interrupted while others wrote");
    }
  }

  /** As the store itself would have it: it passes. */
  private static RuntimeException busy(String why) {
    return new IllegalStateException(new SQLTransientException("The store is busy: " + why));
  }

  int waiting() {
    return queue.getQueueLength();
  }
}
