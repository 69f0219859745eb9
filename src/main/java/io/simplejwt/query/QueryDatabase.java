package io.simplejwt.query;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.ProblemException;
import java.sql.SQLException;

/** What statements run on. */
interface QueryDatabase extends AutoCloseable {
  /** Makes or checks what it needs, once, at the start; refuses what an operator has to mend. */
  void start();

  Dialect dialect();

  /** How many statements may run at once. */
  int places();

  /**
   * Runs the statement, which is the only one in its text. What it did is on disk when this
   * returns; where it throws nothing was done, unless the connection broke while it committed.
   *
   * @throws ProblemException where the statement or the access is not for this database
   */
  Outcome run(Command command, Access access, Watch watch) throws SQLException;

  /** What a failure of {@link #run} means to the caller. */
  Problem explain(SQLException failure, Command command);

  @Override
  void close();
}
