package io.simplejwt.dashboard;

import io.simplejwt.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.context.ManagedExecutor;

/**
 * How many sessions live, which the store has to count: a session can end by nothing but time, so
 * no counter could follow. A million take longer than an answer may, so the count runs beside the
 * answers, one at a time and at most every {@value #EVERY_SECONDS} seconds, and only while somebody
 * asks. Whoever asks waits for it for a moment, and else gets the one before, or none yet.
 */
@ApplicationScoped
class LivingSessions {
  static final int EVERY_SECONDS = 10;
  private static final Duration MOMENT = Duration.ofMillis(15);

  private final Sessions sessions;
  private final ManagedExecutor workers;
  private CompletableFuture<Long> counting;
  private long begun;
  private volatile Optional<Long> last = Optional.empty();

  LivingSessions(Sessions sessions, ManagedExecutor workers) {
    this.sessions = sessions;
    this.workers = workers;
  }

  Optional<Long> count() {
    try {
      last = Optional.of(current().get(MOMENT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      // It takes longer, or the store does not answer, which it has logged itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return last;
  }

  private synchronized CompletableFuture<Long> current() {
    boolean old = System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(EVERY_SECONDS);
    if (counting == null || old && counting.isDone()) {
      begun = System.nanoTime();
      counting = workers.supplyAsync(sessions::countLiving);
    }
    return counting;
  }
}
