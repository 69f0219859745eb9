package io.simplejwt.query;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a statement that takes too long or that nobody waits for any more.
 *
 * <p>From its making on the time runs. When it is over, or the caller is gone, what is guarded is
 * cancelled, and again every {@value #AGAIN_MILLIS} ms, since the first attempt can come too early
 * to be seen; what is still there after {@value #PATIENCE} attempts is killed, since code inside a
 * database can catch a cancellation. Guarding, cancelling and releasing exclude each other: behind
 * {@link #release} nothing is touched any more.
 */
final class Watch implements AutoCloseable {
  private static final int AGAIN_MILLIS = 250;
  private static final int PATIENCE = 4;

  /** What can be ended from another thread. Neither call may throw, nor wait for long. */
  interface Stoppable {
    void cancel();

    /** For what did not heed. */
    void kill();
  }

  private enum Cause {
    TOO_SLOW,
    CALLER_GONE
  }

  private final ScheduledExecutorService timer;
  private final Duration limit;
  private final ScheduledFuture<?> alarm;
  private Cause cause;
  private Stoppable guarded;
  private boolean closed;

  Watch(ScheduledExecutorService timer, Duration limit) {
    this.timer = timer;
    this.limit = limit;
    alarm = timer.schedule(() -> stop(Cause.TOO_SLOW, 0), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** From now on this is what is ended; not begun where the time is over already. */
  synchronized void guard(Stoppable statement) {
    stopped()
        .ifPresent(
            problem -> {
              throw problem.exception();
            });
    guarded = statement;
  }

  synchronized void release() {
    guarded = null;
  }

  /** Nobody waits for the answer. Returns at once. */
  void abandon() {
    try {
      timer.execute(() -> stop(Cause.CALLER_GONE, 0));
    } catch (RejectedExecutionException stopping) {
      // The service ends, and the database's connections with it.
    }
  }

  /** Why it was stopped, if it was: a failure of the statement then has this reason. */
  synchronized Optional<Problem> stopped() {
    if (cause == null) {
      return Optional.empty();
    }
    return Optional.of(
        cause == Cause.TOO_SLOW
            ? Problem.of(
                Reason.QUERY_TOO_SLOW,
                "Stopped after "
                    + limit.toMillis()
                    + " ms: select less, add an index, or have QUERY_TIMEOUT raised")
            : Problem.of(Reason.QUERY_TOO_SLOW, "Stopped because the caller hung up"));
  }

  private synchronized void stop(Cause why, int attempt) {
    if (closed) {
      return;
    }
    cause = cause == null ? why : cause;
    if (guarded == null) {
      return;
    }
    if (attempt < PATIENCE) {
      guarded.cancel();
    } else {
      guarded.kill();
    }
    timer.schedule(() -> stop(why, attempt + 1), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    closed = true;
    guarded = null;
    alarm.cancel(false);
  }
}
