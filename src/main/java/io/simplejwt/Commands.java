package io.simplejwt;

import io.simplejwt.account.AccountImport;
import io.simplejwt.setting.BadSetting;
import io.simplejwt.store.Backup;
import io.simplejwt.store.CommandRefused;
import io.simplejwt.store.CommandStores;
import io.simplejwt.store.Move;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is done to the store by hand, in a process of its own beside or instead of the service:
 * nothing of the framework starts, nobody listens. Exit code 0 where it was done, 1 where it was
 * refused and nothing is changed, 2 where it is not known what is wanted.
 */
final class Commands {
  private static final String USAGE =
      "use one of: backup FILE, move, import FILE; nothing starts the service";
  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int UNKNOWN = 2;

  private final CommandStores stores;
  private final PrintStream out;
  private final PrintStream err;

  Commands(Map<String, String> variables, PrintStream out, PrintStream err) {
    this.stores = new CommandStores(variables);
    this.out = out;
    this.err = err;
  }

  int run(String... arguments) {
    // What migrations tell is for the service's log, which there is none of here.
    Logger.getLogger("org.flywaydb").setLevel(Level.WARNING);
    List<String> words = List.of(arguments);
    try {
      return switch (words.get(0)) {
        case "backup" -> words.size() == 2 ? backup(Path.of(words.get(1))) : unknown(words);
        case "move" -> words.size() == 1 ? move() : unknown(words);
        case "import" -> words.size() == 2 ? importFrom(Path.of(words.get(1))) : unknown(words);
        default -> unknown(words);
      };
    } catch (CommandRefused | BadSetting refused) {
      return refused(words, refused.getMessage());
    } catch (InvalidPathException e) {
      return refused(words, "that is no file's name");
    }
  }

  private int backup(Path file) {
    tell(Backup.make(stores, file));
    out.println("Copied the store to " + file + ", and checked the copy");
    return DONE;
  }

  private int move() {
    tell(Move.run(stores));
    out.println("Moved the store to PostgreSQL; the embedded one is as it was");
    return DONE;
  }

  private int importFrom(Path file) {
    int accounts = new AccountImport(Clock.systemUTC()).run(stores, file);
    out.println("Imported " + accounts + (accounts == 1 ? " account" : " accounts"));
    return DONE;
  }

  private void tell(Map<String, Long> rows) {
    rows.forEach((table, count) -> out.printf("%-20s %d%n", table, count));
  }

  private int refused(List<String> words, String why) {
    err.println("simple-jwt-api " + words.get(0) + ": " + why);
    return REFUSED;
  }

  private int unknown(List<String> words) {
    err.println("simple-jwt-api does not know \"" + String.join(" ", words) + "\": " + USAGE);
    return UNKNOWN;
  }
}
