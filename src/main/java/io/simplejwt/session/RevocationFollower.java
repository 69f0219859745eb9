package io.simplejwt.session;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.setting.DurationBounds;
import io.simplejwt.store.Schema;
import io.simplejwt.token.RevocationList;
import io.simplejwt.token.TokenVerifier;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the revocation list in step with the store, whichever replica ends a session.
 *
 * <p>The whole list is read at start. What this replica ends is added when it is on disk. What
 * others end is read every half second: all sessions whose {@code ended_at} is not older than the
 * last successful reading less {@link #OVERLAP}, with no upper bound. The overlap is there because
 * rows do not appear in the order of their times: {@code ended_at} is taken from the clock of the
 * replica that ends the session, before it commits. A row is missed only if it appears later than
 * the overlap after the time that it carries. Between the two lie
 *
 * <ul>
 *   <li>the rest of the transaction: our transactions end after 30 s, and the server ends one that
 *       its replica has left alone for 30 s (a machine that stands still before it says COMMIT);
 *   <li>the difference of two clocks, which is to be below {@link TokenVerifier#LEEWAY}: far more
 *       is left for it, a minute.
 * </ul>
 *
 * <p>A sequence in place of the time would appear out of order too, and a counter that appears in
 * order is a lock that one stuck replica holds against all. Reading a row again costs a look into
 * the list: ten endings a second are 1,200 rows a reading, 2 ms. Readings have a thread of their
 * own: where all others wait for the store, this one must not wait behind them.
 *
 * <p>A reading that fails is made good by the next one, which begins where the last successful one
 * did, however long ago. After {@code REVOCATION_MAX_AGE} without one the list is not trusted any
 * more, until one succeeds. That is measured from before the reading, by a clock that cannot be
 * set.
 */
@ApplicationScoped
class RevocationFollower {
  static final Duration OVERLAP = Duration.ofMinutes(2);
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Logger LOG = Logger.getLogger(RevocationFollower.class);

  private final EndedStore store;
  private final RevocationList revocations;
  private final RevocationConfig config;
  private final Clock clock;
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "revocations");
            thread.setDaemon(true);
            return thread;
          });
  private final Counter endedHere;
  private volatile long lastBegun = System.nanoTime();
  private volatile Instant lastReading;
  private volatile boolean failing;

  RevocationFollower(
      EndedStore store,
      RevocationList revocations,
      RevocationConfig config,
      MeterRegistry metrics,
      Clock clock) {
    this.store = store;
    this.revocations = revocations;
    this.config = config;
    this.clock = clock;
    Gauge.builder("revocation.list.size", revocations, RevocationList::size)
        .description("Ended sessions that may have tokens out")
        .register(metrics);
    TimeGauge.builder("revocation.list.age", this, NANOSECONDS, f -> System.nanoTime() - lastBegun)
        .description("Since the store was last asked which sessions have ended, and answered")
        .register(metrics);
    TimeGauge.builder("revocation.list.max.age", config, SECONDS, c -> c.maxAge().toSeconds())
        .description("The age beyond which no token is accepted")
        .register(metrics);
    endedHere =
        Counter.builder("sessions.ended")
            .description("Sessions that this replica has ended before their time")
            .register(metrics);
  }

  void start(@Observes @Priority(Schema.READY) StartupEvent start) {
    DurationBounds.require("REVOCATION_MAX_AGE", config.maxAge(), Duration.ofSeconds(5));
    long begun = System.nanoTime();
    Instant now = clock.instant();
    store.readAll(past(now), revocations::add);
    read(now, begun);
  }

  void run(@Observes @Priority(Schema.READY + 1) StartupEvent start) {
    readAgain();
  }

  @PreDestroy
  void stop() {
    reader.shutdownNow();
  }

  private void readAgain() {
    reader.schedule(
        () -> {
          follow();
          readAgain();
        },
        (failing ? PAUSE : INTERVAL).toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Adds what has ended since the last reading. Never fails: the next one may succeed. */
  void follow() {
    long begun = System.nanoTime();
    Instant now = clock.instant();
    try {
      store.readSince(since(now), past(now), revocations::add);
      read(now, begun);
    } catch (ProblemException unavailable) { // which the store has logged
      failing = true;
    } catch (RuntimeException unforeseen) {
      LOG.error("The ended sessions cannot be read", unforeseen);
      failing = true;
    }
  }

  void ended(@Observes Endings.Ended event) {
    endedHere.increment(event.sessions().size());
    event.sessions().forEach(session -> revocations.add(session.id(), session.tokensExpireAt()));
  }

  @Scheduled(every = "10m", delayed = "1m")
  void forgetExpired() {
    revocations.forgetExpired(past(clock.instant()));
  }

  private void read(Instant now, long begun) {
    lastReading = now;
    lastBegun = begun;
    revocations.isComplete(begun, config.maxAge());
    if (failing) {
      LOG.infof("The store answers again; %d ended sessions are known", revocations.size());
    }
    failing = false;
  }

  /** A clock that was set back must not make the reading begin ahead of the present. */
  private Instant since(Instant now) {
    return (lastReading.isBefore(now) ? lastReading : now).minus(OVERLAP);
  }

  private static Instant past(Instant now) {
    return now.minus(TokenVerifier.LEEWAY);
  }
}
