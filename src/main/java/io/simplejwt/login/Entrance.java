package io.simplejwt.login;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.simplejwt.account.HashingGate;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.audit.Origin;
import io.simplejwt.login.TooManyGuesses.By;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import io.simplejwt.setting.BadSetting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What comes before any password is looked at: one of the network's guesses, then a place to hash.
 * Both are had or refused at once, on whatever thread, before the store is asked.
 */
@ApplicationScoped
class Entrance {
  private static final int FEWEST = 10;
  private static final int MOST = 1_000_000;
  private static final Set<Reason> NO_GUESS =
      Set.of(Reason.UNAVAILABLE, Reason.UNACCEPTABLE_PASSWORD);

  private final HashingGate gate;
  private final TooManyGuesses tooMany;
  private final AddressLimit limit;

  Entrance(HashingGate gate, TooManyGuesses tooMany, GuessConfig config) {
    this.gate = gate;
    this.tooMany = tooMany;
    this.limit = new AddressLimit(Math.max(FEWEST, config.perAddress()), System::nanoTime);
  }

  void check(@Observes @Priority(2) StartupEvent start, GuessConfig config) {
    if (config.perAddress() < FEWEST || config.perAddress() > MOST) {
      throw new BadSetting(
          "GUESSES_PER_ADDRESS",
          "is " + config.perAddress(),
          "use a number from " + FEWEST + " to " + MOST);
    }
  }

  /** 429 or 503 where the way in is barred. */
  Entry enter(Origin origin) {
    ClientNetwork network = ClientNetwork.of(origin);
    Duration wait = limit.take(network);
    if (!wait.isZero()) {
      throw tooMany.refuse(By.ADDRESS, Optional.empty(), origin, wait);
    }
    try {
      return new Entry(gate.enter(), network);
    } catch (ProblemException full) {
      limit.giveBack(network);
      throw full;
    }
  }

  @Scheduled(every = "1m", delayed = "1m")
  void dropIdle() {
    limit.dropIdle();
  }

  /** One attempt's way through. Closed, it gives its place to the next one. */
  final class Entry implements AutoCloseable {
    private final Place place;
    private final ClientNetwork network;

    private Entry(Place place, ClientNetwork network) {
      this.place = place;
      this.network = network;
    }

    /** Runs the attempt; the network's guess comes back where that was right or not possible. */
    <T> T attempt(Function<Place, T> work, Predicate<T> isRight) {
      try {
        T outcome = work.apply(place);
        if (isRight.test(outcome)) {
          limit.giveBack(network);
        }
        return outcome;
      } catch (ProblemException failure) {
        if (NO_GUESS.contains(failure.problem().reason())) {
          limit.giveBack(network);
        }
        throw failure;
      }
    }

    @Override
    public void close() {
      place.close();
    }
  }
}
