package io.simplejwt.account;

import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.AuditStore;
import io.simplejwt.audit.Origin;
import io.simplejwt.store.CommandStores;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Imported accounts' rows, and what the audit tells of each. */
final class ImportStore {
  private final Handle sql;

  private ImportStore(Handle sql) {
    this.sql = sql;
  }

  /** All of the work, or nothing where it fails. */
  static <T> T inTransaction(CommandStores stores, Function<ImportStore, T> work) {
    return stores.inTransaction(sql -> work.apply(new ImportStore(sql)));
  }

  /** False where the email is taken. */
  boolean insert(Account account, String hash, Instant now) {
    boolean free = AccountStore.insert(sql, account, hash);
    if (free) {
      Optional<String> id = Optional.of(account.id());
      AuditStore.record(
          sql, new AuditEvent(Kind.ACCOUNT_CREATED, id, detail(account), Origin.ITSELF), now);
    }
    return free;
  }

  private static String detail(Account account) {
    String roles =
        account.roles().stream().map(Role::wireName).sorted().collect(Collectors.joining(", "));
    return roles.isEmpty() ? "imported" : "imported, " + roles;
  }
}
