package io.simplejwt.query;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's failures mean to the caller. */
final class SqliteFailure {
  private static final Duration SOON = Duration.ofSeconds(1);

  private SqliteFailure() {}

  static Problem explain(SQLException failure) {
    if (!(failure instanceof SQLiteException sqlite)) { // the driver's own
      return Problem.of(Reason.QUERY_FAILED, String.valueOf(failure.getMessage()));
    }
    String message = message(sqlite);
    Problem problem =
        switch (primary(sqlite.getResultCode())) {
          case SQLITE_READONLY, SQLITE_AUTH, SQLITE_PERM -> Problem.of(Reason.FORBIDDEN, message);
          case SQLITE_BUSY, SQLITE_LOCKED ->
              Problem.retry(Reason.UNAVAILABLE, "Another statement is writing; try again", SOON);
          case SQLITE_CANTOPEN,
              SQLITE_IOERR,
              SQLITE_FULL,
              SQLITE_NOMEM,
              SQLITE_CORRUPT,
              SQLITE_NOTADB ->
              Problem.retry(Reason.UNAVAILABLE, "The query database fails: " + message, SOON);
          case SQLITE_ERROR -> Problem.of(reason(message), message);
          default -> Problem.of(Reason.QUERY_FAILED, message);
        };
    return problem.with("sqlite_code", sqlite.getResultCode().name());
  }

  /** Both are told as plain errors: extensions are off, and no file may be attached. */
  private static Reason reason(String message) {
    return message.equals("not authorized") || message.startsWith("too many attached databases")
        ? Reason.FORBIDDEN
        : Reason.QUERY_FAILED;
  }

  /** The extended codes carry the primary one in their lowest byte. */
  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & 0xff);
  }

  /** The driver puts the code and its general meaning before what SQLite said. */
  private static String message(SQLiteException failure) {
    String whole = failure.getMessage();
    String before = failure.getResultCode() + " (";
    return whole.startsWith(before) && whole.endsWith(")")
        ? whole.substring(before.length(), whole.length() - 1)
        : whole;
  }
}
