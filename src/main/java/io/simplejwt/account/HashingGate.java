package io.simplejwt.account;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Bounds password hashing, which costs 19 MiB and 10 to 20 milliseconds of a core each.
 *
 * <p>Whoever wants to hash takes a place first: there is one for each hash that runs (all cores but
 * one, so that everything else stays fast) and {@value #QUEUE} to wait in. Where none is free the
 * call ends at once with 503, before the store is read. A place is needed to hash at all, so
 * nothing can pass by. Hashes run on threads of their own; whoever waits for one is on a worker
 * thread, never on an event loop. So no more than 19 MiB for each of these threads is in use, see
 * {@link SodiumArgon2} and {@link BouncyCastleArgon2} for whose memory that is.
 *
 * <p>Metrics, none with a label of a caller's: {@code password.hashes}, how many there were; {@code
 * password.hash.wait}, the time that each waited for its thread; {@code password.hash.shed}, calls
 * that found no place; {@code password.places.taken} of {@code password.places}.
 */
@ApplicationScoped
@Startup // or the first caller would wait, and the log would tell of a fallback only then
public class HashingGate {
  static final int QUEUE = 16;
  private static final Problem FULL =
      Problem.retry(
          Reason.UNAVAILABLE, "Too many sign-ins at once; try again", Duration.ofSeconds(1));

  private static final Duration[] WAITS = {
    Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1)
  };

  private final Counter hashes;
  private final Counter shed;
  private final Timer waits;
  private final int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  private final Semaphore places = new Semaphore(threads + QUEUE);
  private final ExecutorService hashers =
      Executors.newFixedThreadPool(
          threads,
          work -> {
            Thread thread = new Thread(work, "hashing");
            thread.setDaemon(true);
            return thread;
          });
  // Loads native code and makes the first hash; the start does not wait for it, but who hashes
  // does.
  private final CompletableFuture<Passwords> passwords =
      CompletableFuture.supplyAsync(
          () -> new Passwords(FastestArgon2.choose(), Argon2Parameters.CURRENT), hashers);

  HashingGate(MeterRegistry metrics) {
    hashes =
        Counter.builder("password.hashes").description("Argon2id computations").register(metrics);
    shed =
        Counter.builder("password.hash.shed")
            .description("Calls that found no place to hash")
            .register(metrics);
    waits =
        Timer.builder("password.hash.wait")
            .description("How long hashes waited for their thread")
            .serviceLevelObjectives(WAITS)
            .register(metrics);
    Gauge.builder("password.places.taken", this, HashingGate::taken)
        .description("Places to hash that are taken")
        .register(metrics);
    Gauge.builder("password.places", () -> threads + QUEUE)
        .description("Places to hash, taken or free")
        .register(metrics);
  }

  /** A place, to be closed; a 503 where none is free. Takes no time. */
  public Place enter() {
    if (!places.tryAcquire()) {
      shed.increment();
      throw FULL.exception();
    }
    return new Place();
  }

  /** Whether passwords can be hashed at all; while that is not known yet, whoever asks waits. */
  public boolean works() {
    return !passwords.isCompletedExceptionally();
  }

  private int taken() {
    return threads + QUEUE - places.availablePermits();
  }

  @PreDestroy
  void stop() {
    hashers.shutdown();
  }

  private <T> T run(Supplier<T> hashing) {
    hashes.increment();
    long asked = System.nanoTime();
    try {
      return CompletableFuture.supplyAsync(
              () -> {
                waits.record(System.nanoTime() - asked, TimeUnit.NANOSECONDS);
                return hashing.get();
              },
              hashers)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The right to hash, one hash after the other. */
  public final class Place implements AutoCloseable {
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Place() {}

    /** A new hash of a password that the policy accepts. */
    public String hash(String password) {
      return run(() -> passwords.join().hash(password));
    }

    public boolean matches(String password, StoredPassword stored) {
      return run(() -> passwords.join().matches(password, stored.hash()));
    }

    /** As {@link #matches}, at the same cost, where there is nothing to match. */
    public boolean matchesNothing() {
      return run(() -> passwords.join().matchNothing());
    }

    public boolean isOutdated(StoredPassword stored) {
      return passwords.join().isOutdated(stored.hash());
    }

    @Override
    public void close() {
      if (taken.compareAndSet(true, false)) {
        places.release();
      }
    }
  }
}
