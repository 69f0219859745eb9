package io.simplejwt.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The store that is in use, whichever it is. Its failures become problems here. */
@ApplicationScoped
public class Database {
  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  // As long as the embedded store itself waits for another writer, see application.properties.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DataSource pool;
  private final Jdbi jdbi;
  private final WritersTurn turn;

  Database(
      @io.quarkus.agroal.DataSource("embedded") InjectableInstance<AgroalDataSource> embedded,
      @io.quarkus.agroal.DataSource("postgres") InjectableInstance<AgroalDataSource> postgres) {
    boolean isEmbedded = !postgres.getHandle().getBean().isActive();
    pool = isEmbedded ? embedded.get() : postgres.get();
    jdbi = Jdbi.create(pool);
    turn = isEmbedded ? WritersTurn.oneAtATime(PATIENCE) : WritersTurn.allAtOnce();
  }

  /** For the migrations, which Flyway runs. */
  DataSource pool() {
    return pool;
  }

  /** Runs SQL that reads, within the transaction of this thread if there is one. */
  public <T> T query(Function<Handle, T> sql) {
    return translating(() -> jdbi.withHandle(sql::apply));
  }

  /** Runs SQL that writes, within the transaction of this thread if there is one. */
  public <T> T write(Function<Handle, T> sql) {
    return translating(() -> turn.take(() -> jdbi.withHandle(sql::apply)));
  }

  /** Runs the work in one transaction; what it did is on disk when this returns. */
  public <T> T inTransaction(Supplier<T> work) {
    return translating(() -> turn.take(() -> QuarkusTransaction.joiningExisting().call(work::get)));
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
