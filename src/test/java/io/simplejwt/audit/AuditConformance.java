package io.simplejwt.audit;

import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.store.Database;
import io.simplejwt.store.TimeOrderedId;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for the audit on either store. */
abstract class AuditConformance {
  private static final Origin HERE = new Origin(Optional.empty(), "192.0.2.7");

  @Inject Audit audit;
  @Inject AuditStore store;
  @Inject Database database;

  @Test
  void sameThingWithinAMinuteIsOneRowWithACount() {
    String account = newId();
    Instant minute = Instant.now().truncatedTo(ChronoUnit.HOURS);
    AuditEvent event = AuditEvent.of(Kind.LOGOUT, account, HERE);
    for (int second : new int[] {0, 30, 59, 60}) {
      write(AuditEntry.once(event, minute.plusSeconds(second)));
    }
    write(
        AuditEntry.once(
            AuditEvent.of(Kind.LOGOUT, account, new Origin(Optional.empty(), "192.0.2.8")),
            minute));
    assertThat(rows(account)).containsExactlyInAnyOrder("logout 3", "logout 1", "logout 1");
    assertThat(counted("logout", minute)).isGreaterThanOrEqualTo(5);
  }

  @Test
  void whatIsRolledBackHasNotHappened() {
    String account = newId();
    List<LogRecord> log =
        listening(
            () ->
                assertThatThrownBy(
                        () ->
                            database.inTransaction(
                                () -> {
                                  audit.record(AuditEvent.of(Kind.SIGN_IN, account, HERE));
                                  throw new IllegalStateException("the change failed");
                                }))
                    .isInstanceOf(IllegalStateException.class));
    assertThat(rows(account)).isEmpty();
    assertThat(text(log)).noneMatch(line -> line.contains(account));
  }

  @Test
  void refusalsReachTheStoreAsOneRowAMinute() {
    String account = newId();
    IntStream.range(0, 500)
        .parallel()
        .forEach(
            i ->
                audit.refused(
                    new AuditEvent(Kind.REFUSAL, Optional.of(account), "wrong password", HERE)));
    audit.writeRefusals();
    long times =
        rows(account).stream()
            .mapToLong(row -> Long.parseLong(row.substring("refusal ".length())))
            .sum();
    assertThat(times).isEqualTo(500);
    assertThat(rows(account)).hasSizeBetween(1, 2); // two where a minute ended meanwhile
  }

  /** Wrong password, unknown email: both in the log and the table, neither with what was typed. */
  @Test
  void everyKindIsAuditedWithNothingSecret() {
    String email = newEmail();
    List<LogRecord> log =
        listening(
            () -> {
              String token = signIn(email, "first-password-9");
              String account = accountId(token);
              auth(email, "wrong-password-9").then().statusCode(401);
              as(token, Map.of("current", "wrong-password-9", "new", "new-password-9"))
                  .put("/accounts/me/password")
                  .then()
                  .statusCode(403);
              as(token, Map.of("current", "first-password-9", "new", "new-password-9"))
                  .put("/accounts/me/password")
                  .then()
                  .statusCode(204);
              String admin = admin();
              String path = "/accounts/" + account;
              as(admin, Map.of("roles", List.of("query", "service"), "disabled", true)).patch(path);
              as(admin, Map.of("disabled", false)).patch(path);
              as(admin).delete(path).then().statusCode(204);
              audit.writeRefusals();
              assertThat(rows(account))
                  .containsExactlyInAnyOrder(
                      "account-created 1",
                      "sign-in 1",
                      "refusal 1",
                      "refusal 1",
                      "password-changed 1",
                      "account-disabled 1",
                      "roles-changed 1",
                      "account-enabled 1",
                      "account-deleted 1");
              assertThat(whole(account))
                  .contains("query, service", accountId(admin), "127.0.0.1", "wrong password");
            });
    assertThat(text(log)).anyMatch(line -> line.contains("roles-changed"));
    assertThat(text(log)).noneMatch(line -> line.contains("password-9") || line.contains("eyJ"));
    assertThat(text(log)).noneMatch(line -> line.contains(email));
  }

  @Test
  void keepsWhatIsYoungAndNotTooMuch() {
    String account = newId();
    Instant old = Instant.parse("2020-01-01T00:00:00Z");
    AuditEvent event = AuditEvent.of(Kind.LOGOUT, account, HERE);
    write(AuditEntry.once(event, old));
    write(AuditEntry.once(event, Instant.now().plusSeconds(60)));
    audit.forget();
    assertThat(rows(account)).containsExactly("logout 1");
    assertThat(counted("logout", old)).isZero();
    Instant last = Instant.now().plusSeconds(1_000_000);
    for (int i = 0; i < 5; i++) {
      write(AuditEntry.once(event, last.plusSeconds(60 * i)));
    }
    store.keep(3);
    assertThat(rows(account)).hasSize(3);
  }

  private void write(AuditEntry entry) {
    database.inTransaction(
        () -> {
          store.write(List.of(entry));
          return null;
        });
  }

  private List<String> rows(String account) {
    return database.query(
        sql ->
            sql.createQuery("SELECT kind, times FROM audit WHERE account = :account ORDER BY id")
                .bind("account", account)
                .map((row, context) -> row.getString("kind") + " " + row.getLong("times"))
                .list());
  }

  private String whole(String account) {
    return database.query(
        sql ->
            sql.createQuery("SELECT * FROM audit WHERE account = :account")
                .bind("account", account)
                .mapToMap()
                .list()
                .toString());
  }

  private long counted(String kind, Instant hour) {
    return database.query(
        sql ->
            sql.createQuery(
                    "SELECT COALESCE(sum(times), 0) FROM audit_hour"
                        + " WHERE kind = :kind AND hour = :hour")
                .bind("kind", kind)
                .bind("hour", hour.getEpochSecond())
                .mapTo(Long.class)
                .one());
  }

  private static List<LogRecord> listening(Runnable work) {
    List<LogRecord> heard = new CopyOnWriteArrayList<>();
    Handler recorder =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            if (String.valueOf(entry.getLoggerName()).startsWith("io.simplejwt")) {
              heard.add(entry);
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger.getLogger("").addHandler(recorder);
    try {
      work.run();
    } finally {
      Logger.getLogger("").removeHandler(recorder);
    }
    return heard;
  }

  private static List<String> text(List<LogRecord> log) {
    return log.stream()
        .map(
            entry ->
                entry.getMessage()
                    + (entry.getParameters() == null ? "" : List.of(entry.getParameters())))
        .toList();
  }

  private static String newId() {
    return TimeOrderedId.at(Instant.now());
  }
}
