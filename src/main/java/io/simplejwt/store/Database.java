package io.simplejwt.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.setting.Verbatim;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/** The store that is in use, whichever it is. Its failures become problems here. */
@ApplicationScoped
public class Database {
  /** How long a caller waits for a connection, or for other writers. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long a transaction may last; one that took longer is not committed. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int EMBEDDED_SIZE = 8;
  private static final int POSTGRES_SIZE = 16;

  private final DataSource source;
  private final Pool pool;
  private final Jdbi jdbi;
  private final WritersTurn turn;
  private final Duration longest;

  @Inject
  Database(DatabaseConfig postgres, DataConfig data, MeterRegistry metrics) {
    this(
        postgres.url().map(Database::postgres).orElseGet(() -> embedded(data)),
        postgres.url().isPresent(),
        LONGEST);
    pool.tell(metrics);
  }

  Database(DataSource source, boolean remote, Duration longest) {
    this.source = source;
    this.pool = new Pool(source, remote ? POSTGRES_SIZE : EMBEDDED_SIZE, remote);
    this.jdbi = Jdbi.create(pool);
    jdbi.setStatementBuilderFactory(pool.statements());
    jdbi.getConfig(SqlStatements.class)
        .setTemplateEngine(TemplateEngine.NOP); // SQL is as it stands
    this.turn = remote ? WritersTurn.allAtOnce() : WritersTurn.oneAtATime(PATIENCE);
    this.longest = longest;
  }

  private static DataSource embedded(DataConfig data) {
    return Drivers.embedded(Path.of(data.dir(), Schema.EMBEDDED));
  }

  private static DataSource postgres(String url) {
    return Drivers.boundedPostgres(
        url, Verbatim.read("DATABASE_USERNAME"), Verbatim.read("DATABASE_PASSWORD"));
  }

  /** For the migrations, which Flyway runs. */
  DataSource source() {
    return source;
  }

  /** For the schema, which tells in its own words of a store that does not open. */
  Jdbi jdbi() {
    return jdbi;
  }

  /** Runs SQL that reads, within the transaction of this thread if there is one. */
  public <T> T query(Function<Handle, T> sql) {
    return translating(() -> jdbi.withHandle(sql::apply));
  }

  /** Runs SQL that writes, within the transaction of this thread if there is one. */
  public <T> T write(Function<Handle, T> sql) {
    return translating(() -> turn.take(() -> jdbi.withHandle(sql::apply)));
  }

  /**
   * Runs the work in one transaction, that of this thread if there is one; what it did is on disk
   * when the outermost one returns.
   */
  public <T> T inTransaction(Supplier<T> work) {
    return translating(
        () ->
            turn.take(
                () ->
                    jdbi.withHandle(
                        sql ->
                            sql.isInTransaction()
                                ? work.get()
                                : sql.inTransaction(begun -> timed(work)))));
  }

  /** A machine that stood still: what the work read may be long past. */
  private <T> T timed(Supplier<T> work) {
    long begun = System.nanoTime();
    T result = work.get();
    if (System.nanoTime() - begun > longest.toNanos()) {
      throw new IllegalStateException(
          new SQLTransientException("A transaction took longer than " + longest));
    }
    return result;
  }

  /**
   * Runs the work when the transaction of this thread is on disk, and never where it is rolled
   * back. What is done is done: work that fails is an error in the log, not the caller's.
   */
  public void afterCommit(Runnable work) {
    jdbi.useHandle(sql -> sql.afterCommit(() -> isolated(work)));
  }

  private static void isolated(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("What follows a commit failed", e);
    }
  }

  @PreDestroy
  void close() {
    pool.close();
  }

  private static <T> T translating(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      if (StoreFailure.isPassing(failure)) {
        LOG.warnf("The store does not answer: %s", StoreFailure.describe(failure));
        throw Problem.retry(Reason.UNAVAILABLE, "The store does not answer; try again", RETRY)
            .exception();
      }
      throw failure;
    }
  }
}
