package io.simplejwt.query;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's failures mean to the caller, by SQLSTATE (its manual's appendix A). */
final class PostgresFailure {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration GONE = Duration.ofSeconds(2);

  /** insufficient_privilege, read_only_sql_transaction. */
  private static final Set<String> NOT_ALLOWED = Set.of("42501", "25006");

  /** serialization_failure, deadlock_detected, lock_not_available. */
  private static final Set<String> IN_EACH_OTHERS_WAY = Set.of("40001", "40P01", "55P03");

  /** Connection, authorisation, insufficient resources, operator intervention, system, foreign. */
  private static final Set<String> GONE_CLASSES = Set.of("08", "28", "53", "57", "58", "XX");

  /** query_canceled: by somebody else than the watch, or by the driver, which does not copy. */
  private static final String CANCELLED = "57014";

  /** protocol_violation: the statement has parameters of its own ($1), which nobody binds. */
  private static final String NOT_BOUND = "08P01";

  private PostgresFailure() {}

  static Problem explain(SQLException failure, Command command) {
    String state = failure.getSQLState();
    ServerErrorMessage told =
        failure instanceof PSQLException server ? server.getServerErrorMessage() : null;
    if (isTooLarge(failure)) {
      return Problem.of(
          Reason.QUERY_FAILED, "The rows are larger than QUERY_MAX_BYTES by far: select less");
    }
    if (NOT_BOUND.equals(state) && told != null) {
      return Problem.of(
              Reason.QUERY_FAILED, "Write :name for $1, and give its value in \"parameters\"")
          .with("sqlstate", state);
    }
    if (state == null || !state.equals(CANCELLED) && isGone(state)) {
      return Problem.retry(
          Reason.UNAVAILABLE, "The query database does not answer; try again", GONE);
    }
    String message = told == null ? failure.getMessage() : told.getMessage();
    Problem problem =
        IN_EACH_OTHERS_WAY.contains(state)
            ? Problem.retry(Reason.UNAVAILABLE, message, SOON)
            : Problem.of(
                NOT_ALLOWED.contains(state) ? Reason.FORBIDDEN : Reason.QUERY_FAILED, message);
    problem = problem.with("sqlstate", state);
    return told == null || told.getPosition() == 0
        ? problem
        : problem.with("position", place(told.getPosition(), command));
  }

  /** The driver has no state of its own for it, see {@link PostgresUser}. */
  private static boolean isTooLarge(SQLException failure) {
    return String.valueOf(failure.getMessage()).contains("maxResultBuffer");
  }

  private static boolean isGone(String state) {
    return GONE_CLASSES.contains(state.substring(0, 2));
  }

  private static int place(int found, Command command) {
    return command.hasParameters()
        ? NamedParameters.bind(command.sql(), command.parameters()).place(found)
        : found;
  }
}
