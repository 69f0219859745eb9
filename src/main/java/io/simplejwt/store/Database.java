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

  private final DataSource pool;
  private final Jdbi jdbi;

  Database(
      @io.quarkus.agroal.DataSource("embedded") InjectableInstance<AgroalDataSource> embedded,
      @io.quarkus.agroal.DataSource("postgres") InjectableInstance<AgroalDataSource> postgres) {
    pool = postgres.getHandle().getBean().isActive() ? postgres.get() : embedded.get();
    jdbi = Jdbi.create(pool);
  }

  /** For the migrations, which Flyway runs. */
  DataSource pool() {
    return pool;
  }

  /** Runs SQL, within the transaction of this thread if there is one. */
  public <T> T query(Function<Handle, T> sql) {
    return translating(() -> jdbi.withHandle(sql::apply));
  }

  /** Runs the work in one transaction; what it did is on disk when this returns. */
  public <T> T inTransaction(Supplier<T> work) {
    return translating(() -> QuarkusTransaction.joiningExisting().call(work::get));
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
