package io.simplejwt.session;

import io.simplejwt.session.Session.Ended;
import io.simplejwt.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The sessions' rows. */
@ApplicationScoped
class SessionStore {
  private final Database database;

  SessionStore(Database database) {
    this.database = database;
  }

  void insert(Session session) {
    database.query(
        sql ->
            sql.createUpdate(
                    """
                    INSERT INTO session (id, account_id, created_at, expires_at, tokens_expire_at)
                    VALUES (:id, :accountId, :createdAt, :expiresAt, :tokensExpireAt)""")
                .bind("id", session.id())
                .bind("accountId", session.accountId())
                .bind("createdAt", session.createdAt().getEpochSecond())
                .bind("expiresAt", session.expiresAt().getEpochSecond())
                .bind("tokensExpireAt", session.tokensExpireAt().getEpochSecond())
                .execute());
  }

  /** Ends an account's living sessions but one, and tells which. */
  List<Ended> endAll(String accountId, Optional<String> survivor, Instant now) {
    return database.query(
        sql ->
            sql.createQuery(
                    """
                    UPDATE session SET ended_at = :now
                    WHERE account_id = :accountId AND ended_at IS NULL AND id <> :survivor
                    RETURNING id, tokens_expire_at""")
                .bind("now", now.getEpochSecond())
                .bind("accountId", accountId)
                .bind("survivor", survivor.orElse(""))
                .map(SessionStore::ended)
                .list());
  }

  /** The ended sessions that may still have a token out. */
  List<Ended> endedWithTokens(Instant now) {
    return database.query(
        sql ->
            sql.createQuery(
                    """
                    SELECT id, tokens_expire_at FROM session
                    WHERE ended_at IS NOT NULL AND tokens_expire_at >= :now""")
                .bind("now", now.getEpochSecond())
                .map(SessionStore::ended)
                .list());
  }

  /** Forgets sessions that are over, ended or not; tells how many. */
  int deleteExpired(Instant now) {
    return database.query(
        sql ->
            sql.createUpdate(
                    "DELETE FROM session WHERE expires_at < :now AND tokens_expire_at < :now")
                .bind("now", now.getEpochSecond())
                .execute());
  }

  private static Ended ended(ResultSet row, StatementContext context) throws SQLException {
    return new Ended(row.getString("id"), Instant.ofEpochSecond(row.getLong("tokens_expire_at")));
  }
}
