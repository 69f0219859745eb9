package io.simplejwt.store;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** For what is done every few seconds: not before the start has brought the store up. */
@Singleton
public class NotStarted implements Scheduled.SkipPredicate {
  private volatile boolean started;

  void started(@Observes @Priority(Schema.READY + 1) StartupEvent start) {
    started = true;
  }

  @Override
  public boolean test(ScheduledExecution execution) {
    return !started;
  }
}
