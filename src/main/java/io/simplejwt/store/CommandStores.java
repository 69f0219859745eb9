package io.simplejwt.store;

import io.simplejwt.setting.BadSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;

/** The stores as a command reaches them: by the service's own variables, without the framework. */
public final class CommandStores {
  private final Map<String, String> variables;

  public CommandStores(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Runs the work in one transaction of the store that the service would use. */
  public <T> T inTransaction(Function<Handle, T> work) {
    DataSource store = usesPostgres() ? postgres() : Drivers.embedded(existing());
    Jdbi jdbi = Jdbi.create(store);
    if (usesPostgres()) {
      Schema.bringPostgres(store, jdbi);
    } else {
      Schema.bringEmbedded(store, jdbi);
    }
    try {
      return jdbi.inTransaction(work::apply);
    } catch (JdbiException e) {
      throw new CommandRefused("the store did not take it, nothing was changed", e);
    }
  }

  boolean usesPostgres() {
    return variable("DATABASE_URL").isPresent();
  }

  DataSource postgres() {
    String url =
        variable("DATABASE_URL")
            .orElseThrow(
                () ->
                    new BadSetting(
                        "DATABASE_URL",
                        "is not set",
                        "name a PostgreSQL, as in jdbc:postgresql://host:5432/accounts"));
    Schema.requirePostgres(url);
    PGSimpleDataSource store =
        Drivers.postgres(url, variable("DATABASE_USERNAME"), variable("DATABASE_PASSWORD"));
    store.setReWriteBatchedInserts(true);
    return store;
  }

  /** The embedded store's file, which no command makes. */
  Path existing() {
    try {
      Path file = directory().resolve(Schema.EMBEDDED);
      if (Files.isRegularFile(file) && Files.size(file) > 0) {
        return file;
      }
    } catch (IOException | InvalidPathException e) {
      // Then it is not there for us.
    }
    throw new BadSetting(
        "DATA_DIR",
        "holds no store (" + variable("DATA_DIR").orElse(DataConfig.DEFAULT) + ")",
        "name the directory of the service, as it stands in the service's own variable");
  }

  Path directory() {
    return Path.of(variable("DATA_DIR").orElse(DataConfig.DEFAULT));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
