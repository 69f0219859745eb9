package io.simplejwt.token;

import io.simplejwt.store.Database;
import io.simplejwt.token.StoredKey.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The key pairs' rows. */
@ApplicationScoped
class SigningKeyStore {
  private final Database database;

  SigningKeyStore(Database database) {
    this.database = database;
  }

  /** Lets no other replica change the keys until the transaction ends. */
  void takeTurn() {
    database.write(
        sql -> sql.createUpdate("UPDATE signing_key_guard SET turns = turns + 1").execute());
  }

  KeyChain all() {
    return new KeyChain(
        database.query(
            sql -> sql.createQuery("SELECT * FROM signing_key").map(SigningKeyStore::key).list()));
  }

  void insert(StoredKey key) {
    database.write(
        sql ->
            sql.createUpdate(
                    """
                    INSERT INTO signing_key (id, algorithm, public_key, private_key, secret_id,
                      signs_from, token_life)
                    VALUES (:id, :algorithm, :publicKey, :privateKey, :secretId,
                      :signsFrom, :tokenLife)""")
                .bind("id", key.id())
                .bind("algorithm", key.algorithm())
                .bind("publicKey", key.publicKey())
                .bind("privateKey", key.privateKey().text())
                .bind("secretId", key.privateKey().secretId())
                .bind("signsFrom", key.signsFrom().getEpochSecond())
                .bind("tokenLife", key.tokenLife().toSeconds())
                .execute());
  }

  /** The same key, encrypted anew. */
  void reseal(String id, Sealed privateKey) {
    database.write(
        sql ->
            sql.createUpdate(
                    """
                    UPDATE signing_key SET private_key = :privateKey, secret_id = :secretId,
                      secret_before = :before
                    WHERE id = :id""")
                .bind("privateKey", privateKey.text())
                .bind("secretId", privateKey.secretId())
                .bind("before", privateKey.before().orElse(null))
                .bind("id", id)
                .execute());
  }

  /** Tokens may live as long as this, whoever signs them. */
  void raiseTokenLife(Duration life) {
    database.write(
        sql ->
            sql.createUpdate("UPDATE signing_key SET token_life = :life WHERE token_life < :life")
                .bind("life", life.toSeconds())
                .execute());
  }

  void delete(String id) {
    database.write(
        sql -> sql.createUpdate("DELETE FROM signing_key WHERE id = :id").bind("id", id).execute());
  }

  private static StoredKey key(ResultSet row, StatementContext context) throws SQLException {
    return new StoredKey(
        row.getString("id"),
        row.getString("algorithm"),
        row.getString("public_key"),
        new Sealed(
            row.getString("secret_id"),
            Optional.ofNullable(row.getString("secret_before")),
            row.getString("private_key")),
        Instant.ofEpochSecond(row.getLong("signs_from")),
        Duration.ofSeconds(row.getLong("token_life")));
  }
}
