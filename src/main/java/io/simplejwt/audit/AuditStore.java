package io.simplejwt.audit;

import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.store.Database;
import io.simplejwt.store.TimeOrderedId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The audit's rows. */
@ApplicationScoped
public class AuditStore {
  private static final int STRIPES = 16;

  private final Database database;

  AuditStore(Database database) {
    this.database = database;
  }

  /**
   * Within a transaction. All rows before all counts and each in one order: two replicas that write
   * the same ones wait for each other, but never in a circle.
   */
  void write(List<AuditEntry> entries) {
    database.write(
        sql -> {
          write(sql, entries);
          return null;
        });
  }

  /** What a command did, which runs without the service: in the transaction that does it. */
  public static void record(Handle sql, AuditEvent event, Instant now) {
    write(sql, List.of(AuditEntry.once(event, now)));
  }

  private static void write(Handle sql, List<AuditEntry> entries) {
    entries.stream()
        .sorted(Comparator.comparing(entry -> entry.key().toString()))
        .forEach(entry -> writeRow(sql, entry));
    entries.stream()
        .sorted(Comparator.comparing(entry -> Hour.of(entry).toString()))
        .forEach(entry -> count(sql, entry));
  }

  private static void writeRow(Handle sql, AuditEntry entry) {
    AuditEvent event = entry.event();
    sql.createUpdate(
            """
            INSERT INTO audit (id, minute, kind, detail, account, actor, address,
                               first_at, last_at, times)
            VALUES (:id, :minute, :kind, :detail, :account, :actor, :address,
                    :first, :last, :times)
            ON CONFLICT (minute, kind, detail, account, actor, address)
            DO UPDATE SET times = audit.times + excluded.times, last_at = excluded.last_at""")
        .bind("id", TimeOrderedId.at(entry.first()))
        .bind("minute", entry.key().minute().getEpochSecond())
        .bind("kind", event.kind().wireName())
        .bind("detail", event.detail())
        .bind("account", event.account().orElse(""))
        .bind("actor", event.origin().actor().orElse(""))
        .bind("address", event.origin().address())
        .bind("first", entry.first().getEpochSecond())
        .bind("last", entry.last().getEpochSecond())
        .bind("times", entry.times())
        .execute();
  }

  private static void count(Handle sql, AuditEntry entry) {
    Hour hour = Hour.of(entry);
    sql.createUpdate(
            """
            INSERT INTO audit_hour (hour, kind, detail, stripe, times)
            VALUES (:hour, :kind, :detail, :stripe, :times)
            ON CONFLICT (hour, kind, detail, stripe)
            DO UPDATE SET times = audit_hour.times + excluded.times""")
        .bind("hour", hour.begin().getEpochSecond())
        .bind("kind", hour.kind())
        .bind("detail", hour.detail())
        .bind("stripe", hour.stripe())
        .bind("times", entry.times())
        .execute();
  }

  void write(AuditedStatement statement, Instant now) {
    database.write(
        sql ->
            sql.createUpdate(
                    """
                    INSERT INTO audit_statement (id, asked_at, account, address, access, statement,
                                                 outcome, row_count, milliseconds)
                    VALUES (:id, :now, :account, :address, :access, :text, :outcome, :rows, :ms)""")
                .bind("id", TimeOrderedId.at(now))
                .bind("now", now.getEpochSecond())
                .bind("account", statement.origin().actor().orElseThrow())
                .bind("address", statement.origin().address())
                .bind("access", statement.access())
                .bind("text", statement.text())
                .bind("outcome", statement.outcome())
                .bind("rows", statement.rows())
                .bind("ms", statement.time().toMillis())
                .execute());
  }

  /** Deletes statements before that time, and the oldest beyond so many; tells how many. */
  int keepStatements(Instant oldest, int most) {
    return database.write(
        sql ->
            sql.createUpdate(
                    """
                    DELETE FROM audit_statement WHERE asked_at < :oldest OR id <=
                      (SELECT id FROM audit_statement ORDER BY id DESC LIMIT 1 OFFSET :most)""")
                .bind("oldest", oldest.getEpochSecond())
                .bind("most", most)
                .execute());
  }

  /** Tells how many. */
  int deleteBefore(Instant oldest) {
    return database.write(
        sql -> {
          sql.createUpdate("DELETE FROM audit_hour WHERE hour < :oldest")
              .bind("oldest", oldest.getEpochSecond())
              .execute();
          return sql.createUpdate("DELETE FROM audit WHERE minute < :oldest")
              .bind("oldest", oldest.getEpochSecond())
              .execute();
        });
  }

  /** Deletes the oldest rows beyond so many, whole minutes of them; tells how many. */
  int keep(int most) {
    return database.write(
        sql ->
            sql.createUpdate(
                    """
                    DELETE FROM audit WHERE minute <=
                      (SELECT minute FROM audit ORDER BY minute DESC LIMIT 1 OFFSET :most)""")
                .bind("most", most)
                .execute());
  }

  /** The key of an hour's count. */
  private record Hour(Instant begin, String kind, String detail, int stripe) {
    static Hour of(AuditEntry entry) {
      AuditEvent event = entry.event();
      return new Hour(
          entry.first().truncatedTo(ChronoUnit.HOURS),
          event.kind().wireName(),
          event.detail(),
          stripe(event));
    }

    /** Refusals need none: a replica writes them together, once a second, and nobody waits. */
    private static int stripe(AuditEvent event) {
      return event.kind() == Kind.REFUSAL ? 0 : Math.floorMod(event.account().hashCode(), STRIPES);
    }
  }
}
