package io.simplejwt.login;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many guesses the clients of one network have, in memory.
 *
 * <p>A network has {@code GUESSES_PER_ADDRESS} guesses (100 by default), which come back evenly
 * within {@link #WINDOW}. Each attempt takes one when it comes and gives it back when it was right,
 * or could not be tried: people who sign in are never slowed, however many they are. One right
 * password gives back one guess, so that an account of the attacker's own buys nothing.
 *
 * <p>One number a network: the time at which all its guesses will have come back. A guess moves it
 * on by its share of the window, and is refused where that would move it past a whole window from
 * now. Networks whose time has come are dropped. At most {@link #MOST} are kept, 8 MB; beyond,
 * newcomers pass, since whoever has so many networks is not stopped by counting them. The clock is
 * one that never steps back.
 */
final class AddressLimit {
  static final Duration WINDOW = Duration.ofMinutes(10);
  static final int MOST = 50_000;

  private final Map<ClientNetwork, Long> usedUntil = new ConcurrentHashMap<>();
  private final LongSupplier nanos;
  private final long start;
  private final long share;

  AddressLimit(int guesses, LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.share = WINDOW.toNanos() / guesses;
  }

  /** How long to wait; zero where a guess was taken. */
  Duration take(ClientNetwork network) {
    if (usedUntil.size() >= MOST && !usedUntil.containsKey(network)) {
      return Duration.ZERO;
    }
    long now = now();
    long limit = now + WINDOW.toNanos();
    long[] next = new long[1];
    usedUntil.compute(
        network,
        (key, until) -> {
          long used = until == null ? now : Math.max(until, now);
          next[0] = used + share;
          return next[0] > limit ? used : next[0];
        });
    return Duration.ofNanos(Math.max(0, next[0] - limit));
  }

  void giveBack(ClientNetwork network) {
    long now = now();
    usedUntil.computeIfPresent(
        network, (key, until) -> until - share > now ? Long.valueOf(until - share) : null);
  }

  void dropIdle() {
    long now = now();
    usedUntil.values().removeIf(until -> until <= now);
  }

  int size() {
    return usedUntil.size();
  }

  private long now() {
    return nanos.getAsLong() - start;
  }
}
