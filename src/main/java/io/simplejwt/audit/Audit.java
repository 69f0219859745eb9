package io.simplejwt.audit;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.setting.DurationBounds;
import io.simplejwt.store.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The one door for what is to be remembered: a row of the store and a line of the log.
 *
 * <p>What changes something is written in the transaction that changes it: both are on disk or
 * neither is. What changes nothing, a refusal, is counted in memory and written within a second, so
 * that a flood of refusals costs the store one statement a second for each address and account, and
 * every refusal takes the same time; a process that is killed loses that second from the store, not
 * from its log. The same kind, detail, accounts and address within a minute are one row with a
 * count; statements of {@code POST /query} also have a row each. Rows go by age ({@code
 * AUDIT_RETENTION}), and the oldest ones beyond {@value #MOST_ROWS}, or {@value #MOST_STATEMENTS}.
 *
 * <p>A transaction tells of one account only: with two, transactions could wait for each other.
 */
@ApplicationScoped
public class Audit {
  static final int MOST_ROWS = 1_000_000;
  static final int MOST_STATEMENTS = 100_000;
  private static final Logger LOG = Logger.getLogger(Audit.class);

  private final AuditStore store;
  private final Database database;
  private final AuditConfig config;
  private final Clock clock;
  private final AuditMetrics metrics;
  private final AuditBuffer later;

  Audit(
      AuditStore store, Database database, AuditConfig config, AuditMetrics metrics, Clock clock) {
    this.store = store;
    this.database = database;
    this.config = config;
    this.metrics = metrics;
    this.later = new AuditBuffer(metrics::lost);
    metrics.watch(later);
    this.clock = clock;
  }

  void check(@Observes @Priority(2) StartupEvent start) {
    DurationBounds.require("AUDIT_RETENTION", config.retention(), Duration.ofHours(1));
  }

  /** What changes something, in the transaction that does. */
  public void record(AuditEvent event) {
    database.inTransaction(
        () -> {
          store.write(List.of(AuditEntry.once(event, clock.instant())));
          database.afterCommit(() -> log(event));
          return null;
        });
  }

  /**
   * A statement that has run, or was refused. What is done is done: where the accounts' store is
   * away, the log alone tells of it.
   */
  public void statement(AuditedStatement statement) {
    LOG.infof(
        "query actor=%s address=%s access=%s outcome=\"%s\" rows=%d ms=%d: %s",
        statement.origin().actor().orElseThrow(),
        statement.origin().address(),
        statement.access(),
        statement.outcome(),
        statement.rows(),
        statement.time().toMillis(),
        statement.text());
    AuditEvent event =
        new AuditEvent(Kind.QUERY, statement.origin().actor(), "", statement.origin());
    metrics.count(event);
    Instant now = clock.instant();
    try {
      database.inTransaction(
          () -> {
            store.write(statement, now);
            store.write(List.of(AuditEntry.once(event, now)));
            return null;
          });
    } catch (ProblemException e) {
      metrics.lost(1);
      LOG.warn("The statement above is in the log only: the store does not answer");
    }
  }

  /** What was refused: takes no time, whatever the store does. */
  public void refused(AuditEvent event) {
    later.add(AuditEntry.once(event, clock.instant()));
    log(event);
  }

  /** Not before it is on disk: what is rolled back has not happened. */
  private void log(AuditEvent event) {
    metrics.count(event);
    LOG.logf(
        event.kind() == Kind.REUSE ? Logger.Level.WARN : Logger.Level.INFO,
        "%s account=%s actor=%s address=%s detail=\"%s\"",
        event.kind().wireName(),
        event.account().orElse("-"),
        event.origin().actor().orElse("-"),
        event.origin().address(),
        event.detail());
  }

  @Scheduled(every = "1s", delayed = "10s", concurrentExecution = SKIP)
  void writeRefusals() {
    later.drain(
        entries ->
            database.inTransaction(
                () -> {
                  store.write(entries);
                  return null;
                }));
  }

  void stop(@Observes ShutdownEvent event) {
    writeRefusals();
  }

  @Scheduled(every = "10m", delayed = "1m")
  void forget() {
    Instant oldest = clock.instant().minus(config.retention());
    LOG.debugf("Forgot %d rows of the audit", store.deleteBefore(oldest) + store.keep(MOST_ROWS));
    LOG.debugf("Forgot %d statements", store.keepStatements(oldest, MOST_STATEMENTS));
  }
}
