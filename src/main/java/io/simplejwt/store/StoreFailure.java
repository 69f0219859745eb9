package io.simplejwt.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Tells a store that is away, locked or full from SQL that is wrong. */
final class StoreFailure {
  // SQLITE_ERROR, CONSTRAINT, MISMATCH, MISUSE, RANGE: no waiting mends these.
  private static final Set<Integer> SQLITE_OURS = Set.of(1, 19, 20, 21, 25);
  // SQLSTATE classes: data exception, constraint, invalid syntax or access rule.
  private static final Set<String> STATE_OURS = Set.of("22", "23", "42");

  private StoreFailure() {}

  static boolean isPassing(Throwable failure) {
    return sqlCause(failure).map(sql -> !isOurs(sql)).orElse(false);
  }

  static String describe(Throwable failure) {
    return sqlCause(failure).map(SQLException::getMessage).orElseGet(failure::toString);
  }

  private static boolean isOurs(SQLException failure) {
    String state = failure.getSQLState();
    return state == null
        ? SQLITE_OURS.contains(failure.getErrorCode() & 0xff)
        : state.length() == 5 && STATE_OURS.contains(state.substring(0, 2));
  }

  /** A commit that failed hides its reason among the suppressed ones. */
  private static Optional<SQLException> sqlCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
      for (Throwable suppressed : cause.getSuppressed()) {
        Optional<SQLException> sql = sqlCause(suppressed);
        if (sql.isPresent()) {
          return sql;
        }
      }
    }
    return Optional.empty();
  }
}
