package io.simplejwt.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Where every statement is recorded: who, what without its values, what came of it. */
@ApplicationScoped
class QueryAudit {
  private static final Logger LOG = Logger.getLogger(QueryAudit.class);

  /**
   * @param statement without its literals, in one line
   */
  record Event(Caller caller, String statement, String outcome, int rows, Duration time) {}

  void record(Event event) {
    LOG.infof(
        "Query by %s as %s: %s, %d rows, %d ms: %s",
        event.caller().accountId(),
        event.caller().access(),
        event.outcome(),
        event.rows(),
        event.time().toMillis(),
        event.statement());
  }
}
