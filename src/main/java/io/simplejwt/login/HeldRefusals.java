package io.simplejwt.login;

import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds an answer that says "later" back for {@value #MILLISECONDS} ms, and up to as long again:
 * clients who came at once would otherwise come back at once, each second. Those that repeat
 * without a pause would get tens of thousands of answers a second, and eat the CPU that hashing
 * needs; so each connection gets less than one a second. A timer costs nothing; {@value #MOST}
 * answers at most wait, what comes beyond goes out at once.
 */
@ApplicationScoped
class HeldRefusals {
  static final int MILLISECONDS = 1000;
  static final int MOST = 2000;
  private static final Set<Reason> LATER = Set.of(Reason.TOO_MANY_REQUESTS, Reason.UNAVAILABLE);

  private final Vertx vertx;
  private final AtomicInteger held = new AtomicInteger();

  HeldRefusals(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The same failure, later where it says "later". */
  <T> CompletionStage<T> hold(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof ProblemException refusal)
        || !LATER.contains(refusal.problem().reason())
        || held.get() >= MOST) {
      return CompletableFuture.failedFuture(cause);
    }
    held.incrementAndGet();
    CompletableFuture<T> answer = new CompletableFuture<>();
    vertx.setTimer(
        MILLISECONDS + ThreadLocalRandom.current().nextInt(MILLISECONDS),
        timer -> {
          held.decrementAndGet();
          answer.completeExceptionally(refusal);
        });
    return answer;
  }
}
