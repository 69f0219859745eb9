package io.simplejwt.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.simplejwt.Calls;
import io.simplejwt.account.Account;
import io.simplejwt.account.Accounts;
import io.simplejwt.account.Email;
import io.simplejwt.account.PasswordWasReset;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.Origin;
import io.simplejwt.login.Guesses.Guess;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for guesses at accounts on either store, by a clock that the test sets. */
abstract class GuessesConformance {
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  @Inject GuessStore store;
  @Inject KnownNetworkStore networks;
  @Inject Accounts accounts;
  @Inject Audit audit;
  @Inject Database database;

  private final SetClock clock = new SetClock(Instant.now().truncatedTo(ChronoUnit.HOURS));
  private final Origin stranger = somewhere();
  private final Origin home = somewhere();

  @Test
  void delaysGrowToAnHourAndNeverBeyond() {
    Guesses guesses = replica();
    Email email = unknown();
    assertThat(fail(guesses, email, stranger, 11)).isEqualTo(10);
    long[] waits = new long[15];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = wait(guesses, email, stranger);
      clock.pass(Duration.ofSeconds(waits[i] - 1));
      assertThat(wait(guesses, email, stranger)).isEqualTo(1);
      clock.pass(Duration.ofSeconds(1));
      assertThat(fail(guesses, email, stranger, 1)).as("after %d s", waits[i]).isEqualTo(1);
    }
    assertThat(waits)
        .containsExactly(2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600, 3600);
  }

  @Test
  void accountOrNoneIsTheSame() {
    Guesses guesses = replica();
    Account account = account();
    Email none = unknown();
    for (int i = 0; i < 14; i++) {
      assertThat(refusal(guesses, account.email(), stranger))
          .isEqualTo(refusal(guesses, none, stranger));
      clock.pass(Duration.ofSeconds(i % 5));
    }
    assertThat(row(account.email())).isEqualTo(row(none));
  }

  /** Ten at most pass before the first delay, then one a delay: on one replica or on many. */
  @Test
  void guessesAtOnceOverManyReplicasCannotPassTogether() {
    Email email = unknown();
    List<Guesses> replicas = List.of(replica(), replica(), replica(), replica());
    assertThat(atOnce(replicas, email, 40)).isEqualTo(10);
    clock.pass(Duration.ofSeconds(2));
    assertThat(atOnce(replicas, email, 40)).isEqualTo(1);
    clock.pass(Duration.ofSeconds(4));
    assertThat(atOnce(replicas, email, 40)).isEqualTo(1);
  }

  @Test
  void afterAHundredOnlyKnownNetworksAndAResetGetIn() {
    Guesses guesses = replica();
    Account account = account();
    right(guesses, account, home);
    assertThat(failForDays(guesses, account.email(), 5)).isEqualTo(100);
    assertThat(wait(guesses, account.email(), stranger)).isEqualTo(3600);
    assertThat(wait(guesses, account.email(), somewhere())).isEqualTo(3600);
    right(guesses, account, home);
    assertThat(wait(guesses, account.email(), stranger)).isEqualTo(3600);
    guesses.forgive(new PasswordWasReset(account.email()));
    right(guesses, account, stranger);
  }

  @Test
  void thirtyDaysOfSilenceEndIt() {
    Guesses guesses = replica();
    Email email = unknown();
    failForDays(guesses, email, 4);
    clock.pass(Duration.ofDays(29));
    guesses.forget();
    assertThat(wait(guesses, email, stranger)).isEqualTo(3600);
    clock.pass(Duration.ofDays(2));
    guesses.forget();
    assertThat(fail(guesses, email, stranger, 10)).isEqualTo(10);
  }

  /** Whatever strangers do, for a month: the owner mistypes at home, and gets in. */
  @Test
  void nobodyLocksTheOwnerOut() {
    Guesses guesses = replica();
    Account account = account();
    right(guesses, account, home);
    for (int day = 0; day < 29; day++) {
      failForDays(guesses, account.email(), 1);
      assertThat(fail(guesses, account.email(), home, 9)).isEqualTo(9);
      right(guesses, account, home);
    }
  }

  @Test
  void aKnownNetworkHasTenOfItsOwnAnHourThenEverybodys() {
    Guesses guesses = replica();
    Account account = account();
    right(guesses, account, home);
    assertThat(fail(guesses, account.email(), home, 30)).isEqualTo(20);
    assertThat(fail(guesses, account.email(), stranger, 1)).isZero();
    clock.pass(Duration.ofHours(1));
    assertThat(fail(guesses, account.email(), stranger, 1)).isEqualTo(1); // to make all wait
    assertThat(fail(guesses, account.email(), home, 30)).isEqualTo(10);
    clock.pass(Duration.ofDays(31)); // and is known no longer
    guesses.forget();
    assertThat(fail(guesses, account.email(), home, 30)).isEqualTo(10);
  }

  @Test
  void aNetworkOfManyAccountsHasNone() {
    Guesses guesses = replica();
    Account first = account();
    right(guesses, first, home);
    for (int i = 0; i < 4; i++) {
      right(guesses, account(), home);
    }
    fail(guesses, first.email(), stranger, 11);
    assertThat(fail(guesses, first.email(), home, 1)).isEqualTo(1); // five know it
    right(guesses, account(), home);
    assertThat(fail(guesses, first.email(), home, 1)).isZero();
  }

  @Test
  void aRightOneTakesBackWhatWasCountedBeforeIt() {
    Guesses guesses = replica();
    Account account = account();
    fail(guesses, account.email(), stranger, 8);
    try (Guess mine = guesses.admit(account.email(), stranger)) {
      fail(guesses, account.email(), somewhere(), 1); // somebody else's, after mine
      tell(guesses, mine, account);
    }
    assertThat(fail(guesses, account.email(), somewhere(), 30)).isEqualTo(9);
  }

  /** The owner's daily sign-in must not give whoever attacks ten new guesses a day. */
  @Test
  void aRightOneFromAKnownNetworkForgivesNoStranger() {
    Guesses guesses = replica();
    Account account = account();
    right(guesses, account, home);
    fail(guesses, account.email(), stranger, 10);
    for (int i = 0; i < 50; i++) {
      right(guesses, account, home);
    }
    assertThat(fail(guesses, account.email(), stranger, 1)).isZero();
  }

  @Test
  void aClockSteppedBackKeepsNobodyOut() {
    for (Duration step : List.of(Duration.ofSeconds(30), Duration.ofDays(400))) {
      Guesses guesses = replica();
      Account account = account();
      right(guesses, account, home);
      fail(guesses, account.email(), home, 20);
      clock.pass(step.negated());
      assertThat(wait(guesses, account.email(), stranger)).isEqualTo(2);
      clock.pass(Duration.ofSeconds(2));
      assertThat(fail(guesses, account.email(), stranger, 1)).isEqualTo(1);
      clock.pass(Duration.ofHours(1));
      right(guesses, account, home);
    }
  }

  @Test
  void rowsAreBoundedAndTheWorstStayLongest() {
    Guesses guesses = replica();
    Email worst = unknown();
    clock.pass(Duration.ofDays(3650)); // later than what other tests have left
    fail(guesses, worst, stranger, 10);
    for (int i = 0; i < 20; i++) {
      fail(guesses, unknown(), stranger, 1);
    }
    store.keep(5);
    assertThat(count("guess")).isEqualTo(5);
    assertThat(row(worst)).isPresent();
    clock.pass(Duration.ofDays(31));
    guesses.forget();
    assertThat(count("guess")).isZero();
  }

  @Test
  void anAccountKnowsTwentyNetworksAndTakesThemWithIt() {
    Guesses guesses = replica();
    Account account = account();
    for (int i = 0; i < 30; i++) {
      clock.pass(Duration.ofSeconds(1));
      right(guesses, account, somewhere());
    }
    assertThat(known(account)).isEqualTo(20);
    String token = Calls.signIn(account.email().written(), "a good password");
    Calls.as(token).delete("/accounts/me").then().statusCode(204);
    assertThat(known(account)).isZero();
  }

  /** Another process, of which only the store is the same. */
  private Guesses replica() {
    return new Guesses(
        store, networks, accounts, new TooManyGuesses(audit, new SimpleMeterRegistry()), clock);
  }

  private int fail(Guesses guesses, Email email, Origin origin, int times) {
    int admitted = 0;
    for (int i = 0; i < times; i++) {
      admitted += refusal(guesses, email, origin).isEmpty() ? 1 : 0;
    }
    return admitted;
  }

  /** A guess at each hour's end; tells how many were let in. */
  private int failForDays(Guesses guesses, Email email, int days) {
    int admitted = 0;
    for (int hour = 0; hour < 24 * days; hour++) {
      admitted += fail(guesses, email, stranger, hour == 0 ? 10 : 1);
      clock.pass(Duration.ofHours(1));
    }
    return admitted;
  }

  private int atOnce(List<Guesses> replicas, Email email, int each) {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      return IntStream.range(0, each * replicas.size())
          .mapToObj(
              i ->
                  CompletableFuture.supplyAsync(
                      () -> fail(replicas.get(i % replicas.size()), email, somewhere(), 1),
                      threads))
          .toList()
          .stream()
          .mapToInt(CompletableFuture::join)
          .sum();
    } finally {
      threads.shutdown();
    }
  }

  private static long wait(Guesses guesses, Email email, Origin origin) {
    return refusal(guesses, email, origin).orElseThrow().toSeconds();
  }

  private static Optional<Duration> refusal(Guesses guesses, Email email, Origin origin) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> guesses.admit(email, origin).close());
    if (refused != null) {
      assertThat(refused.problem().reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    }
    return Optional.ofNullable(refused).flatMap(failure -> failure.problem().retryAfter());
  }

  private void right(Guesses guesses, Account account, Origin origin) {
    try (Guess guess = guesses.admit(account.email(), origin)) {
      tell(guesses, guess, account);
    }
  }

  private void tell(Guesses guesses, Guess guess, Account account) {
    database.inTransaction(
        () -> {
          guesses.right(guess, account);
          return null;
        });
  }

  private Account account() {
    String email = Calls.newEmail();
    return accounts.get(Calls.accountId(Calls.signIn(email, "a good password")));
  }

  private static Email unknown() {
    return Email.parse(Calls.newEmail()).orElseThrow();
  }

  private static Origin somewhere() {
    int n = NETWORKS.incrementAndGet();
    return new Origin(Optional.empty(), "10." + n / 65536 + "." + n / 256 % 256 + "." + n % 256);
  }

  private Optional<String> row(Email email) {
    return database.query(
        sql ->
            sql.createQuery("SELECT failures, last_at FROM guess WHERE email_digest = :digest")
                .bind("digest", email.digest())
                .map((row, context) -> row.getInt("failures") + " " + row.getLong("last_at"))
                .findOne());
  }

  private int count(String table) {
    return database.query(
        sql -> sql.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }

  private int known(Account account) {
    return database.query(
        sql ->
            sql.createQuery("SELECT count(*) FROM known_network WHERE account_id = :id")
                .bind("id", account.id())
                .mapTo(Integer.class)
                .one());
  }
}
