package io.simplejwt.account;

import io.simplejwt.store.CommandRefused;
import io.simplejwt.store.CommandStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes over accounts, with the hashes that another system made of their passwords, from a file of
 * JSON lines: all of them, or none and what is wrong with each line.
 *
 * <p>May run beside the service, which reads accounts from the store each time.
 */
public final class AccountImport {
  private static final int TOLD = 20;

  private final Clock clock;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> lineOfEmail = new HashMap<>();
  private int imported;
  private int faulty;

  public AccountImport(Clock clock) {
    this.clock = clock;
  }

  /** How many accounts there are more. */
  public int run(CommandStores stores, Path file) {
    List<Ready> accounts = read(file); // before the store is held
    return ImportStore.inTransaction(
        stores,
        store -> {
          accounts.forEach(account -> insert(account, store));
          if (faulty > 0) {
            throw new CommandRefused(summary());
          }
          return imported;
        });
  }

  private List<Ready> read(Path file) {
    List<Ready> accounts = new ArrayList<>();
    Instant now = clock.instant();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          parse(line, number, now).ifPresent(accounts::add);
        }
      }
      return accounts;
    } catch (NoSuchFileException e) {
      throw new CommandRefused("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw new CommandRefused(file + " is not UTF-8 text, behind line " + number);
    } catch (IOException e) {
      throw new CommandRefused(file + " cannot be read", e);
    }
  }

  private Optional<Ready> parse(String line, int number, Instant now) {
    try {
      ImportLine parsed = ImportLine.parse(line);
      Account account = parsed.account(now);
      String hash = parsed.hash();
      Integer earlier = lineOfEmail.putIfAbsent(account.email().key(), number);
      if (earlier != null) {
        throw new IllegalArgumentException("has the email of line " + earlier);
      }
      return Optional.of(new Ready(number, account, hash));
    } catch (IllegalArgumentException fault) {
      isWrong(number, fault.getMessage());
      return Optional.empty();
    }
  }

  private void insert(Ready ready, ImportStore store) {
    if (store.insert(ready.account, ready.hash, clock.instant())) {
      imported++;
    } else {
      isWrong(ready.number, "has the email of an account that exists");
    }
  }

  private void isWrong(int number, String why) {
    faulty++;
    if (faulty <= TOLD) {
      faults.add("line " + number + " " + why);
    }
  }

  private String summary() {
    StringBuilder text = new StringBuilder();
    faults.forEach(fault -> text.append(fault).append('\n'));
    if (faulty > TOLD) {
      text.append("and ").append(faulty - TOLD).append(" lines more\n");
    }
    return text.append("nothing was imported: ")
        .append(faulty)
        .append(faulty == 1 ? " line is" : " lines are")
        .append(" wrong, ")
        .append(imported)
        .append(" right")
        .toString();
  }

  /** What a line says, good to be inserted. */
  private record Ready(int number, Account account, String hash) {
    @Override
    public String toString() {
      return "Ready[***]";
    }
  }
}
