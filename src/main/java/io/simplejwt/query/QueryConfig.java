package io.simplejwt.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code POST /query} reaches and how much it may cost. The database's users stand beside it,
 * see {@link PostgresUsers}.
 */
@ConfigMapping(prefix = "query")
interface QueryConfig {
  /** PostgreSQL; without it an SQLite file, or nothing where the accounts are in PostgreSQL. */
  Optional<String> databaseUrl();

  /** For one statement, its rows included. */
  @WithDefault("5s")
  Duration timeout();

  /** In one answer. */
  @WithDefault("1000")
  int maxRows();

  /** Bytes of the rows in one answer. */
  @WithDefault("1048576")
  int maxBytes();

  /** Bytes of the statement. */
  @WithDefault("32768")
  int maxText();
}
