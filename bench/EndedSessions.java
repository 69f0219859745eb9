import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.UUID;

/**
 * Adds sessions that have ended and whose tokens still live to an embedded store that nobody uses.
 * Arguments: the store's file and how many. Needs the SQLite driver on the class path.
 */
class EndedSessions {
  public static void main(String[] arguments) throws Exception {
    long now = Instant.now().getEpochSecond();
    SecureRandom random = new SecureRandom();
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        PreparedStatement insert =
            store.prepareStatement(
                "INSERT INTO session (id, account_id, created_at, expires_at, tokens_expire_at,"
                    + " ended_at) VALUES (?, 'nobody', ?, ?, ?, ?)")) {
      store.setAutoCommit(false);
      for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
        long high = now * 1000 << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        insert.setString(1, new UUID(high, low).toString());
        insert.setLong(2, now - 3600);
        insert.setLong(3, now + 1_000_000);
        insert.setLong(4, now + 86_400);
        insert.setLong(5, now - 1800); // not among those that are read again and again
        insert.addBatch();
      }
      insert.executeBatch();
      store.commit();
    }
  }
}
