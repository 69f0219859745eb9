package io.simplejwt.store;

import io.quarkus.scheduler.FailedExecution;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * What becomes of a scheduled task that failed: no caller waits for it, and it comes again. The
 * scheduler's own words, a stack trace every few seconds while the store is away, are off.
 */
@Singleton
class FailedTasks {
  private static final Logger LOG = Logger.getLogger(FailedTasks.class);

  void tell(@Observes FailedExecution failed) {
    String task = failed.getExecution().getTrigger().getMethodDescription();
    Throwable failure = unwrapped(failed.getException());
    if (failure instanceof ProblemException away
        && away.problem().reason() == Reason.UNAVAILABLE) { // of which the store has warned
      LOG.debugf("%s comes again: %s", task, away.getMessage());
    } else {
      LOG.errorf(failure, "%s failed, and comes again", task);
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
