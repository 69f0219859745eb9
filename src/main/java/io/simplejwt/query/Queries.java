package io.simplejwt.query;

import io.simplejwt.audit.Audit;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/**
 * The one door to the query database. Few statements run at once and none waits for a place, so
 * that slow ones take neither threads nor cores from signing in.
 */
@ApplicationScoped
public class Queries {
  private static final Problem FULL =
      Problem.retry(
          Reason.UNAVAILABLE, "Too many statements at once; try again", Duration.ofSeconds(1));

  private final QueryDatabase database;
  private final QueryConfig limits;
  private final Audit audit;
  private final Semaphore places;
  private final ScheduledExecutorService timer;

  Queries(QueryDatabase database, QueryConfig limits, Audit audit) {
    this.database = database;
    this.limits = limits;
    this.audit = audit;
    places = new Semaphore(database.places());
    // A cancellation may wait for the network: no statement's shall wait for another's.
    timer = Executors.newScheduledThreadPool(database.places(), Queries::daemon);
  }

  /** A place, to be closed; a 503 where none is free. Takes no time. */
  public QueryCall begin(Caller caller) {
    if (!places.tryAcquire()) {
      throw FULL.exception();
    }
    return new QueryCall(
        caller,
        database,
        audit,
        new Watch(timer, limits.timeout()),
        limits.maxText(),
        places::release);
  }

  int freePlaces() {
    return places.availablePermits();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "query watch");
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  void stop() {
    timer.shutdown();
    database.close();
  }
}
