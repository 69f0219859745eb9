package io.simplejwt.query;

import io.quarkus.runtime.StartupEvent;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.store.DataConfig;
import io.simplejwt.store.DatabaseConfig;
import io.simplejwt.store.Schema;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Chooses what is queried, and refuses what is wrong with it before the first call. */
@Dependent
class QueryStart {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST_ROWS = 1_000_000;
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final int MOST_TEXT = 64 * 1024; // a body has no more

  @Produces
  @Singleton
  QueryDatabase database(QueryConfig config, DatabaseConfig accounts, DataConfig data) {
    if (config.databaseUrl().isPresent()) {
      Map<Access, PostgresPool> pools = new EnumMap<>(Access.class);
      PostgresUsers.of(config.databaseUrl().get(), config, accounts)
          .forEach((access, user) -> pools.put(access, new PostgresPool(user)));
      return new PostgresDatabase(pools, config);
    }
    return accounts.url().isPresent()
        ? new NoDatabase()
        : new SqliteDatabase(Path.of(data.dir()).resolve("query.db"), config);
  }

  /** Behind the accounts' store, whose tables tell the query's users' rights there. */
  void check(
      @Observes @Priority(Schema.READY) StartupEvent start,
      QueryConfig config,
      QueryDatabase database) {
    requireTimeout(config.timeout());
    requireRange("QUERY_MAX_ROWS", config.maxRows(), 1, MOST_ROWS);
    requireRange("QUERY_MAX_BYTES", config.maxBytes(), 1024, MOST_BYTES);
    requireRange("QUERY_MAX_TEXT", config.maxText(), 1, MOST_TEXT);
    database.start();
  }

  private static void requireTimeout(Duration timeout) {
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new BadSetting("QUERY_TIMEOUT", "is " + timeout, "use 100ms to 10m");
    }
  }

  private static void requireRange(String variable, int value, int least, int most) {
    if (value < least || value > most) {
      throw new BadSetting(variable, "is " + value, "use a number from " + least + " to " + most);
    }
  }
}
