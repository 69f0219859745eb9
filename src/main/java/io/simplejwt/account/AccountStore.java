package io.simplejwt.account;

import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** The accounts' rows. What must happen together is called in one transaction. */
@ApplicationScoped
class AccountStore {
  private static final String SELECT =
      """
      SELECT account.*, (SELECT string_agg(role, ' ') FROM account_role
                         WHERE account_id = account.id) AS roles
      FROM account\s""";

  private final Database database;

  AccountStore(Database database) {
    this.database = database;
  }

  /** False where the email is taken. */
  boolean insert(Account account, String hash) {
    return database.write(sql -> insert(sql, account, hash));
  }

  /** The same where there is no service: for a command. */
  static boolean insert(Handle sql, Account account, String hash) {
    int rows =
        sql.createUpdate(
                """
                INSERT INTO account (id, email, email_key, email_verified, password_hash,
                                     disabled, version, created_at)
                VALUES (:id, :email, :key, :verified, :hash, :disabled, 0, :createdAt)
                ON CONFLICT (email_key) DO NOTHING""")
            .bind("id", account.id())
            .bind("email", account.email().written())
            .bind("key", account.email().key())
            .bind("verified", account.emailVerified() ? 1 : 0)
            .bind("hash", hash)
            .bind("disabled", account.disabled() ? 1 : 0)
            .bind("createdAt", account.createdAt().getEpochSecond())
            .execute();
    if (rows == 1) {
      insertRoles(sql, account.id(), account.roles());
    }
    return rows == 1;
  }

  Optional<Account> find(String id) {
    return database.query(
        sql ->
            sql.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map(AccountStore::account)
                .findOne());
  }

  Optional<StoredPassword> passwordById(String id) {
    return password("id", id);
  }

  Optional<StoredPassword> passwordByEmail(Email email) {
    return password("email_key", email.key());
  }

  /** Accounts by age, those made after the one with this id. */
  List<Account> page(String after, int limit) {
    return database.query(
        sql ->
            sql.createQuery(SELECT + "WHERE id > :after ORDER BY id LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(AccountStore::account)
                .list());
  }

  /** Takes the new values and a new version. */
  void update(String id, Set<Role> roles, boolean disabled) {
    database.write(
        sql -> {
          sql.createUpdate(
                  "UPDATE account SET disabled = :disabled, version = version + 1 WHERE id = :id")
              .bind("disabled", disabled ? 1 : 0)
              .bind("id", id)
              .execute();
          sql.createUpdate("DELETE FROM account_role WHERE account_id = :id")
              .bind("id", id)
              .execute();
          insertRoles(sql, id, roles);
          return null;
        });
  }

  /** False where the account changed since this version of it was read. */
  boolean setPassword(Account seen, String hash) {
    return change(
        seen, "password_hash = :hash, version = version + 1", update -> update.bind("hash", hash));
  }

  /** The same password under dearer parameters: no session ends, so the version stays. */
  void rehash(Account seen, String hash) {
    change(seen, "password_hash = :hash", update -> update.bind("hash", hash));
  }

  /**
   * Locks the account's row until the transaction ends; false where the account changed since this
   * version of it was read.
   */
  boolean hold(Account seen) {
    return change(seen, "version = version", update -> update);
  }

  boolean delete(String id) {
    return database.write(
        sql ->
            sql.createUpdate("DELETE FROM account WHERE id = :id").bind("id", id).execute() == 1);
  }

  /** Lets nobody else take administrators away until the transaction ends. */
  void holdAdministrators() {
    database.write(
        sql -> sql.createUpdate("UPDATE administrator_guard SET turns = turns + 1").execute());
  }

  /** Whether somebody other than this account could still administer. */
  boolean hasAdministratorBeside(String id) {
    return database.query(
        sql ->
            sql.createQuery(
                    """
                    SELECT account_id FROM account_role
                    JOIN account ON account.id = account_role.account_id
                    WHERE role = :role AND account_id <> :id AND disabled = 0 LIMIT 1""")
                .bind("role", Role.ADMINISTRATOR)
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .isPresent());
  }

  private Optional<StoredPassword> password(String column, String value) {
    return database.query(
        sql ->
            sql.createQuery(SELECT + "WHERE " + column + " = :value")
                .bind("value", value)
                .map(
                    (row, context) ->
                        new StoredPassword(account(row, context), row.getString("password_hash")))
                .findOne());
  }

  /** False where the row is another version than the one seen: somebody else was faster. */
  private boolean change(Account seen, String assignment, UnaryOperator<Update> values) {
    return database.write(
        sql ->
            values
                    .apply(
                        sql.createUpdate(
                            "UPDATE account SET "
                                + assignment
                                + " WHERE id = :id AND version = :version"))
                    .bind("id", seen.id())
                    .bind("version", seen.version())
                    .execute()
                == 1);
  }

  private static void insertRoles(Handle sql, String id, Set<Role> roles) {
    for (Role role : roles) {
      sql.createUpdate("INSERT INTO account_role (account_id, role) VALUES (:id, :role)")
          .bind("id", id)
          .bind("role", role.wireName())
          .execute();
    }
  }

  private static Account account(ResultSet row, StatementContext context) throws SQLException {
    return new Account(
        row.getString("id"),
        new Email(row.getString("email"), row.getString("email_key")),
        row.getInt("email_verified") == 1,
        roles(row.getString("roles")),
        row.getInt("disabled") == 1,
        row.getInt("version"),
        Instant.ofEpochSecond(row.getLong("created_at")));
  }

  /** A role of a newer release, which this one does not know, grants nothing here. */
  private static Set<Role> roles(String aggregated) {
    return aggregated == null
        ? Set.of()
        : Arrays.stream(aggregated.split(" "))
            .flatMap(name -> Role.parse(name).stream())
            .collect(Collectors.toUnmodifiableSet());
  }
}
