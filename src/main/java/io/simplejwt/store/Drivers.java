package io.simplejwt.store;

import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** How each of the two databases is reached, by the service and by commands alike. */
final class Drivers {
  private static final int BUSY_MILLIS = (int) Database.PATIENCE.toMillis();

  private Drivers() {}

  /**
   * Readers beside one writer (WAL); what was answered is on disk (FULL); writers wait for each
   * other instead of failing, from their first statement on (IMMEDIATE).
   */
  static DataSource embedded(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    config.setGetGeneratedKeys(false); // else each insertion asks for its key, which nobody reads
    SQLiteDataSource store = new SQLiteDataSource(config);
    store.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return store;
  }

  /**
   * For the service: a server that vanished without a word is given up after as long as a
   * transaction may last.
   */
  static DataSource boundedPostgres(String url, Optional<String> user, Optional<String> password) {
    int patience = (int) Database.PATIENCE.toSeconds();
    PGSimpleDataSource store = postgres(url, user, password);
    store.setSocketTimeout((int) Database.LONGEST.toSeconds());
    store.setConnectTimeout(patience);
    store.setLoginTimeout(patience);
    return store;
  }

  /** User and password to the letter, see {@link io.simplejwt.setting.Verbatim}. */
  static PGSimpleDataSource postgres(String url, Optional<String> user, Optional<String> password) {
    PGSimpleDataSource store = new PGSimpleDataSource();
    store.setUrl(url);
    user.ifPresent(store::setUser);
    password.ifPresent(store::setPassword);
    return store;
  }
}
