package io.simplejwt.login;

import io.quarkus.scheduler.Scheduled;
import io.simplejwt.account.Account;
import io.simplejwt.account.Accounts;
import io.simplejwt.account.Email;
import io.simplejwt.account.PasswordWasReset;
import io.simplejwt.audit.Origin;
import io.simplejwt.login.TooManyGuesses.By;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/**
 * How many guesses at an account there are, in the store: for all replicas, and after a restart.
 *
 * <p><b>For everybody</b> there is a count of failures in a row for each email, whether or not it
 * has an account. The first {@value #FREE} cost nothing. Each one after that has to wait, 2 s at
 * first, then twice as long each time, but never more than {@value #LONGEST_WAIT} s. After {@value
 * #MOST_FAILURES} in a row (NIST SP 800-63B-4 §3.2.2) nobody gets in this way until an
 * administrator resets the password, or nobody was let in for {@link #MEMORY}.
 *
 * <p><b>For its owner</b> an account has known networks: those that it was signed in to from within
 * {@link #MEMORY}, the newest {@value #MOST_NETWORKS}. Each has {@value #OWN} guesses of its own,
 * which come back evenly within an hour, and which nobody elsewhere can use up or see. They are
 * used first; beyond them its guesses count as everybody's. A network that more than {@value
 * #MOST_SHARING} accounts are known to use has none: too many people sit there.
 *
 * <p>A guess is counted as a failure <i>before</i> its hash, by one statement that also decides, so
 * that guesses made at once, on however many replicas, cannot pass together. When it was right it
 * is taken back. A right one of everybody's takes back all that were counted before it too, but not
 * those that came after (of right ones at once, each those before the last of them); a right one of
 * the owner's takes back only itself, or whoever attacks could guess on each time that the owner
 * signs in. So that honest sign-ins at once are not refused as guesses, {@link Lanes} lets few at a
 * time through to the count.
 *
 * <p>Costs a sign-in from a known network two statements (one commit) beside its own, and any other
 * four; a new network's first one six. Half of them run in the transaction that opens the session.
 *
 * <p>A clock that was ahead: waits begin anew at the time that is now believed. Rows go {@link
 * #MEMORY} after their last guess, and beyond {@value #MOST_ROWS} those with the fewest failures.
 */
@ApplicationScoped
class Guesses {
  static final int FREE = 10;
  static final int LONGEST_WAIT = 3600;
  static final int MOST_FAILURES = 100;
  static final Duration MEMORY = Duration.ofDays(30);
  static final int OWN = 10;
  static final int MOST_NETWORKS = 20;
  static final int MOST_SHARING = 5;
  static final int MOST_ROWS = 1_000_000;
  private static final Logger LOG = Logger.getLogger(Guesses.class);

  private final GuessStore store;
  private final KnownNetworkStore networks;
  private final Accounts accounts;
  private final TooManyGuesses tooMany;
  private final Clock clock;
  private final Lanes lanes = new Lanes();

  Guesses(
      GuessStore store,
      KnownNetworkStore networks,
      Accounts accounts,
      TooManyGuesses tooMany,
      Clock clock) {
    this.store = store;
    this.networks = networks;
    this.accounts = accounts;
    this.tooMany = tooMany;
    this.clock = clock;
  }

  /** Counts a guess that is about to be hashed, or refuses it. To be closed when it is over. */
  Guess admit(Email email, Origin origin) {
    String digest = email.digest();
    Lanes.Lane lane = lanes.enter(digest);
    try {
      return new Guess(digest, ClientNetwork.of(origin), count(email, digest, origin), lane);
    } catch (RuntimeException refused) {
      lane.close();
      throw refused;
    }
  }

  /** Nothing where it was one of the owner's; else how many failures that makes. */
  private OptionalInt count(Email email, String digest, Origin origin) {
    Instant now = clock.instant();
    if (networks.take(digest, ClientNetwork.of(origin), now)) {
      return OptionalInt.empty();
    }
    OptionalInt failures = store.count(digest, now);
    if (failures.isEmpty()) {
      throw tooMany.refuse(
          By.EMAIL,
          accounts.passwordOf(email).map(stored -> stored.account().id()),
          origin,
          store.wait(digest, now));
    }
    return failures;
  }

  /** In a transaction that holds the account: from there its owner signs in. */
  void right(Guess guess, Account account) {
    guess.failures().ifPresent(failures -> store.takeBack(guess.digest(), failures));
    networks.know(guess, account.id(), clock.instant());
  }

  /** No password was tried. */
  void untried(Guess guess) {
    if (guess.failures().isPresent()) {
      store.takeBack(guess.digest(), 1);
    }
  }

  /** In the transaction that resets it. Networks stay known, so that nobody can lock them out. */
  void forgive(@Observes PasswordWasReset reset) {
    store.forgive(reset.email().digest());
    networks.forgive(reset.email().digest());
  }

  @Scheduled(every = "10m", delayed = "1m")
  void forget() {
    Instant oldest = clock.instant().minus(MEMORY);
    LOG.debugf("Forgot %d counts of guesses", store.forget(oldest) + store.keep(MOST_ROWS));
    LOG.debugf("Forgot %d known networks", networks.forget(oldest));
  }

  /**
   * A guess that was let in.
   *
   * @param failures of everybody's, this one included; nothing where it is one of the owner's
   */
  record Guess(String digest, ClientNetwork network, OptionalInt failures, Lanes.Lane lane)
      implements AutoCloseable {
    @Override
    public void close() {
      lane.close();
    }
  }
}
