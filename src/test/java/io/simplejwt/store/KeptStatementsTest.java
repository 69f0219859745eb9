package io.simplejwt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements of the embedded store are prepared once, and nothing of one use reaches the next. */
class KeptStatementsTest {
  private static final String FIND = "SELECT name FROM thing WHERE id >= :id ORDER BY id";

  @TempDir Path directory;
  private Database database;

  @BeforeEach
  void open() {
    database =
        new Database(Drivers.embedded(directory.resolve("some.db")), false, Database.LONGEST);
    database.write(
        sql -> sql.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, much INTEGER)"));
    List.of("one", "two", "three").forEach(this::add);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void usedAgain() {
    assertThat(statementOf(FIND)).isSameAs(statementOf(FIND));
  }

  @Test
  void notByTwoAtOnce() {
    List<String> pairs =
        database.query(
            sql ->
                sql.createQuery(FIND)
                    .bind("id", 2)
                    .map((row, context) -> row.getString("name") + first(sql, 3))
                    .list());
    assertThat(pairs).containsExactly("twothree", "threethree");
  }

  /** Digests of tokens are among them. Without a value nothing is found. */
  @Test
  void valuesAreForgotten() throws SQLException {
    PreparedStatement kept = (PreparedStatement) statementOf(FIND);
    try (ResultSet rows = kept.executeQuery()) {
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void worksAgainAfterItFailed() {
    assertThatThrownBy(() -> database.inTransaction(() -> add(1, "another")))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining("UNIQUE");
    assertThat(database.inTransaction(() -> add(4, "four"))).isOne();
    assertThat(first(4)).isEqualTo("four");
  }

  /** What the driver gave up itself, as it does where the disk fails, must not hide its reason. */
  @Test
  void failureKeepsItsReason() {
    assertThatThrownBy(() -> database.jdbi().withHandle(KeptStatementsTest::writeTooMuch))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining("too big")
        .hasNoSuppressedExceptions();
    assertThatThrownBy(() -> database.jdbi().withHandle(KeptStatementsTest::writeTooMuch))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining("too big");
  }

  /** Else what is written would stay in the log, which would grow without end. */
  @Test
  void rowsLeftUnreadHoldNoReaderOpen() {
    assertThat(first(1)).isEqualTo("one");
    String returned =
        database.write(
            sql ->
                sql.createQuery("UPDATE thing SET much = 1 RETURNING name")
                    .map((row, context) -> row.getString("name"))
                    .findFirst()
                    .orElseThrow());
    assertThat(returned).isEqualTo("one");
    int stillRead =
        database.query(
            sql ->
                sql.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                    .map((row, context) -> row.getInt("busy"))
                    .one());
    assertThat(stillRead).isZero();
  }

  @Test
  void thoseUsedLongestAgoGo() {
    Statement first = statementOf(FIND);
    IntStream.range(0, KeptStatements.MOST - 1).forEach(this::different);
    assertThat(statementOf(FIND)).isSameAs(first);
    IntStream.range(0, KeptStatements.MOST).forEach(this::different);
    assertThat(statementOf(FIND)).isNotSameAs(first);
  }

  private void different(int number) {
    statementOf("SELECT " + number + " AS name FROM thing WHERE id >= :id");
  }

  private Statement statementOf(String text) {
    return database.query(
        sql ->
            sql.createQuery(text)
                .bind("id", 1)
                .map((row, context) -> context.getStatement())
                .findFirst()
                .orElseThrow());
  }

  private String first(int from) {
    return database.query(sql -> first(sql, from));
  }

  private static String first(Handle sql, int from) {
    return sql.createQuery(FIND).bind("id", from).mapTo(String.class).findFirst().orElseThrow();
  }

  private static int writeTooMuch(Handle sql) {
    return sql.createUpdate("UPDATE thing SET name = zeroblob(2000000000) WHERE id = :id")
        .bind("id", 1)
        .execute();
  }

  private void add(String name) {
    database.write(
        sql ->
            sql.createUpdate("INSERT INTO thing (name) VALUES (:name)")
                .bind("name", name)
                .execute());
  }

  private int add(int id, String name) {
    return database.write(
        sql ->
            sql.createUpdate("INSERT INTO thing (id, name) VALUES (:id, :name)")
                .bind("id", id)
                .bind("name", name)
                .execute());
  }
}
