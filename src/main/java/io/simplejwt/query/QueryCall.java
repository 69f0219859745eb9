package io.simplejwt.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditedStatement;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The right to run one statement. Its time runs from the moment it is given. */
public final class QueryCall implements AutoCloseable {
  private final Caller caller;
  private final QueryDatabase database;
  private final Audit audit;
  private final Watch watch;
  private final int maxText;
  private final Runnable giveBack;

  QueryCall(
      Caller caller,
      QueryDatabase database,
      Audit audit,
      Watch watch,
      int maxText,
      Runnable giveBack) {
    this.caller = caller;
    this.database = database;
    this.audit = audit;
    this.watch = watch;
    this.maxText = maxText;
    this.giveBack = giveBack;
  }

  /** Runs on the calling thread, which it may hold as long as QUERY_TIMEOUT. Records what came. */
  public Outcome run(String text, Map<String, JsonNode> parameters) {
    long begun = System.nanoTime();
    if (text.getBytes(StandardCharsets.UTF_8).length > maxText) {
      return refuse("The statement may have " + maxText + " bytes at most");
    }
    if (text.indexOf('\0') >= 0) { // where SQLite would stop reading
      return refuse("The statement contains U+0000");
    }
    Command command = new Command(SqlText.of(text, database.dialect()), parameters);
    Outcome outcome = attempt(command);
    audit.statement(
        new AuditedStatement(
            caller.origin(),
            caller.access().name().toLowerCase(Locale.ROOT),
            Redaction.of(command.sql()),
            name(outcome),
            outcome instanceof Outcome.Rows rows ? rows.count() : 0,
            Duration.ofNanos(System.nanoTime() - begun)));
    return outcome;
  }

  private Outcome attempt(Command command) {
    try {
      if (command.sql().isEmpty()) {
        return refuse("There is no statement in the text");
      }
      return database.run(command, caller.access(), watch);
    } catch (SQLException failure) {
      return new Outcome.Refused(
          watch.stopped().orElseGet(() -> database.explain(failure, command)));
    } catch (ProblemException failure) {
      return new Outcome.Refused(failure.problem());
    }
  }

  private static Outcome refuse(String why) {
    return new Outcome.Refused(Problem.of(Reason.INVALID_REQUEST, why));
  }

  private static String name(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      Object state = refused.problem().members().get("sqlstate");
      return refused.problem().reason() + (state == null ? "" : " " + state);
    }
    return "OK";
  }

  /** The caller hung up: the statement is stopped. Returns at once, from any thread. */
  public void abandon() {
    watch.abandon();
  }

  @Override
  public void close() {
    watch.close();
    giveBack.run();
  }
}
