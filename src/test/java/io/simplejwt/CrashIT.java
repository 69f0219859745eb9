package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9, again and again, in the middle of sign-ups and refreshes: what was answered with success
 * is there afterwards, and so is a guess that was counted. What it cannot show is a machine that
 * loses power.
 */
class CrashIT {
  private static final int KILLS = 10;
  private static final String ADMIN = "root@xyz.com";
  private static final String ADMIN_PASSWORD = "umbrella gravel seventeen";

  @TempDir Path directory;
  private final Random random = new Random();
  private final CrashLoad load = new CrashLoad();
  private ServiceProcess service;

  @Test
  void embeddedStoreLosesNothingThatWasAnswered() throws Exception {
    service = start(Map.of());
    try {
      load.begin(service);
      for (int kill = 1; kill <= KILLS; kill++) {
        load.run(service, this::soon, service::kill);
        requireIntact(kill);
        service = start(Map.of());
        load.requireNothingLost(service);
      }
      requireAllAccounts("embedded", KILLS);
    } finally {
      service.close();
    }
  }

  @Test
  void postgresLosesNothingThatWasAnswered() throws Exception {
    try (PostgresOnDisk postgres = new PostgresOnDisk(directory)) {
      service = start(postgres.variables());
      try {
        load.begin(service);
        for (int kill = 1; kill <= KILLS; kill++) {
          load.run(service, this::soon, service::kill);
          service = start(postgres.variables());
          load.requireNothingLost(service);
        }
        load.run(service, this::soon, postgres::kill);
        postgres.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (service.signIn(ADMIN, ADMIN_PASSWORD).statusCode() == 503) {
          assertThat(System.nanoTime()).as("healed without a restart").isLessThan(deadline);
          Thread.sleep(50);
        }
        load.requireNothingLost(service);
        requireAllAccounts("PostgreSQL", KILLS + 1);
      } finally {
        service.close();
      }
    }
  }

  /** Or who brings the process down would have more of them. */
  @Test
  void guessesAreCountedBeforeTheyAreAnswered() throws Exception {
    service = start(Map.of());
    try {
      for (int guess = 1; guess <= 5; guess++) {
        assertThat(service.signIn(ADMIN, "no such password").statusCode()).isEqualTo(401);
      }
      service.kill();
      try (Connection store = open(directory.resolve("data"));
          Statement sql = store.createStatement();
          ResultSet guesses = sql.executeQuery("SELECT failures FROM guess")) {
        assertThat(guesses.next()).isTrue();
        assertThat(guesses.getInt("failures")).isEqualTo(5);
      }
    } finally {
      service.close();
    }
  }

  private void soon() throws InterruptedException {
    Thread.sleep(random.nextInt(500)); // anywhere in the middle
  }

  private ServiceProcess start(Map<String, String> store) throws Exception {
    Map<String, String> variables = new HashMap<>(store);
    variables.put("SIGN_UP", "open");
    variables.put("PASSWORD_MIN_LENGTH", "5");
    variables.put("ADMIN_EMAIL", ADMIN);
    variables.put("ADMIN_PASSWORD", ADMIN_PASSWORD);
    return ServiceProcess.start(directory, variables);
  }

  /** Of a copy: the service itself is to recover what was left. */
  private void requireIntact(int kill) throws Exception {
    Path copy = Files.createDirectory(directory.resolve("copy" + kill));
    for (String file : new String[] {"accounts.db", "accounts.db-wal"}) {
      Files.copy(directory.resolve("data").resolve(file), copy.resolve(file));
    }
    try (Connection store = open(copy);
        Statement sql = store.createStatement();
        ResultSet verdict = sql.executeQuery("PRAGMA integrity_check")) {
      assertThat(verdict.next()).isTrue();
      assertThat(verdict.getString(1)).isEqualTo("ok");
    }
  }

  private static Connection open(Path data) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("accounts.db"));
  }

  private void requireAllAccounts(String store, int kills) throws Exception {
    String admin = service.tokenFor(ADMIN, ADMIN_PASSWORD);
    Set<String> there = new HashSet<>();
    String next = "";
    while (next != null) {
      JsonNode page =
          ServiceProcess.json(
              service
                  .get("/accounts?limit=100" + (next.isEmpty() ? "" : "&after=" + next), admin)
                  .body());
      page.get("accounts").forEach(account -> there.add(account.get("email").textValue()));
      next = page.hasNonNull("next") ? page.get("next").textValue() : null;
    }
    Set<String> lost = new HashSet<>(load.accounts());
    lost.removeAll(there);
    System.out.printf(
        "%s: %d kills, %d accounts and %d refreshes were acknowledged, %d lost%n",
        store, kills, load.accounts().size(), load.refreshes(), lost.size());
    assertThat(load.accounts()).hasSizeGreaterThanOrEqualTo(kills);
    assertThat(load.refreshes()).isGreaterThanOrEqualTo(kills);
    assertThat(lost).isEmpty();
  }
}
