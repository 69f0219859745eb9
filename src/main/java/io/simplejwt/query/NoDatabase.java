package io.simplejwt.query;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import java.sql.SQLException;
import java.time.Duration;

/** Beside accounts in PostgreSQL there is nothing to query until the operator names it. */
final class NoDatabase implements QueryDatabase {
  // Nothing changes before the operator does something.
  static final Duration UNTIL_CONFIGURED = Duration.ofHours(1);

  @Override
  public void start() {}

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRES;
  }

  @Override
  public int places() {
    return 1;
  }

  @Override
  public Outcome run(Command command, Access access, Watch watch) {
    throw Problem.retry(
            Reason.UNAVAILABLE,
            "There is no database to query: the operator has to set QUERY_DATABASE_URL",
            UNTIL_CONFIGURED)
        .exception();
  }

  @Override
  public Problem explain(SQLException failure, Command command) {
    throw new IllegalStateException(failure);
  }

  @Override
  public void close() {}
}
