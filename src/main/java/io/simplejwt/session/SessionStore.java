package io.simplejwt.session;

import io.simplejwt.session.Session.Chain;
import io.simplejwt.session.Session.Ended;
import io.simplejwt.session.Session.Ends;
import io.simplejwt.session.Session.Use;
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
    database.write(
        sql ->
            sql.createUpdate(
                    """
                    INSERT INTO session (id, account_id, created_at, expires_at, tokens_expire_at,
                                         refresh_expires_at, used_at, address,
                                         chain_hash, refresh_hash)
                    VALUES (:id, :accountId, :createdAt, :expiresAt, :tokensExpireAt,
                            :refreshExpiresAt, :usedAt, :address, :chain, :active)""")
                .bind("id", session.id())
                .bind("accountId", session.accountId())
                .bind("createdAt", session.createdAt().getEpochSecond())
                .bind("expiresAt", session.expiresAt().getEpochSecond())
                .bind("tokensExpireAt", session.ends().tokensExpireAt().getEpochSecond())
                .bind("refreshExpiresAt", session.ends().refreshExpiresAt().getEpochSecond())
                .bind("usedAt", session.use().at().getEpochSecond())
                .bind("address", session.use().address())
                .bind("chain", session.chain().hash())
                .bind("active", session.chain().active())
                .execute());
  }

  /** The session that this token is or was of. */
  Optional<Session> of(RefreshToken token) {
    return database.query(
        sql ->
            sql.createQuery("SELECT * FROM session WHERE chain_hash = :chain")
                .bind("chain", token.chainHash())
                .map(SessionStore::session)
                .findOne());
  }

  /**
   * The one compare-and-set: the parent's digest gives way to the child's where the session lives
   * and nobody was faster. The end of its tokens never falls, though a clock may.
   */
  boolean rotate(String id, String parentHash, Chain child, Ends ends, Use use) {
    return database.write(
            sql ->
                sql.createUpdate(
                        """
                        UPDATE session
                        SET refresh_hash = :child, parent_hash = :parent, sealed_child = :sealed,
                            refresh_expires_at = :refreshExpiresAt, used_at = :usedAt,
                            address = :address,
                            tokens_expire_at = CASE WHEN tokens_expire_at > :tokensExpireAt
                              THEN tokens_expire_at ELSE :tokensExpireAt END
                        WHERE id = :id AND refresh_hash = :parent AND ended_at IS NULL""")
                    .bind("id", id)
                    .bind("parent", parentHash)
                    .bind("child", child.active())
                    .bind("sealed", child.sealedChild().orElseThrow())
                    .bind("tokensExpireAt", ends.tokensExpireAt().getEpochSecond())
                    .bind("refreshExpiresAt", ends.refreshExpiresAt().getEpochSecond())
                    .bind("usedAt", use.at().getEpochSecond())
                    .bind("address", use.address())
                    .execute())
        == 1;
  }

  /** Forgets the encrypted children that nobody may ask for any more. */
  void eraseSealed(Instant before) {
    database.write(
        sql ->
            sql.createUpdate(
                    """
                    UPDATE session SET sealed_child = NULL
                    WHERE sealed_child IS NOT NULL AND used_at < :before""")
                .bind("before", before.getEpochSecond())
                .execute());
  }

  /** An account's sessions that have not ended, those used last first. */
  List<Session> living(String accountId, Instant now, int most) {
    return database.query(
        sql ->
            sql.createQuery(
                    """
                    SELECT * FROM session
                    WHERE account_id = :accountId AND ended_at IS NULL
                      AND (tokens_expire_at > :now OR refresh_expires_at > :now)
                    ORDER BY COALESCE(used_at, created_at) DESC, id DESC LIMIT :most""")
                .bind("accountId", accountId)
                .bind("now", now.getEpochSecond())
                .bind("most", most)
                .map(SessionStore::session)
                .list());
  }

  /** How many could be refreshed now: of all accounts, by an index of theirs. */
  long countLiving(Instant now) {
    return database.query(
        sql ->
            sql.createQuery(
                    """
                    SELECT count(*) FROM session
                    WHERE ended_at IS NULL AND refresh_expires_at > :now""")
                .bind("now", now.getEpochSecond())
                .mapTo(Long.class)
                .one());
  }

  /** Nothing where this account has no such session, or it has ended already. */
  Optional<Ended> end(String id, String accountId, Instant now) {
    return database.write(
        sql ->
            sql.createQuery(
                    """
                    UPDATE session SET ended_at = :now, sealed_child = NULL
                    WHERE id = :id AND account_id = :accountId AND ended_at IS NULL
                    RETURNING id, account_id, tokens_expire_at""")
                .bind("now", now.getEpochSecond())
                .bind("id", id)
                .bind("accountId", accountId)
                .map(SessionStore::ended)
                .findOne());
  }

  /** Ends an account's living sessions but one, and tells which. */
  List<Ended> endAll(String accountId, Optional<String> survivor, Instant now) {
    return database.write(
        sql ->
            sql.createQuery(
                    """
                    UPDATE session SET ended_at = :now, sealed_child = NULL
                    WHERE account_id = :accountId AND ended_at IS NULL AND id <> :survivor
                    RETURNING id, account_id, tokens_expire_at""")
                .bind("now", now.getEpochSecond())
                .bind("accountId", accountId)
                .bind("survivor", survivor.orElse(""))
                .map(SessionStore::ended)
                .list());
  }

  /** Forgets sessions that are over, ended or not; tells how many. */
  int deleteExpired(Instant now) {
    return database.write(
        sql ->
            sql.createUpdate(
                    "DELETE FROM session WHERE expires_at < :now AND tokens_expire_at < :now")
                .bind("now", now.getEpochSecond())
                .execute());
  }

  /** A session of the release before this one has no refresh token: it expects no text at all. */
  private static Session session(ResultSet row, StatementContext context) throws SQLException {
    Instant createdAt = Instant.ofEpochSecond(row.getLong("created_at"));
    long usedAt = row.getLong("used_at"); // 0 where it is null
    row.getLong("ended_at");
    boolean ended = !row.wasNull();
    return new Session(
        row.getString("id"),
        row.getString("account_id"),
        createdAt,
        Instant.ofEpochSecond(row.getLong("expires_at")),
        new Ends(
            Instant.ofEpochSecond(row.getLong("tokens_expire_at")),
            Instant.ofEpochSecond(row.getLong("refresh_expires_at"))),
        new Use(usedAt == 0 ? createdAt : Instant.ofEpochSecond(usedAt), row.getString("address")),
        new Chain(
            row.getString("chain_hash"),
            row.getString("refresh_hash"),
            Optional.ofNullable(row.getString("parent_hash")),
            Optional.ofNullable(row.getString("sealed_child"))),
        ended);
  }

  private static Ended ended(ResultSet row, StatementContext context) throws SQLException {
    return new Ended(
        row.getString("id"),
        row.getString("account_id"),
        Instant.ofEpochSecond(row.getLong("tokens_expire_at")));
  }
}
