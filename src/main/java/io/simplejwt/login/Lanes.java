package io.simplejwt.login;

import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Lets {@value #WIDTH} attempts at one account go on at a time; the next ones wait on their worker
 * threads, of which there are no more than places to hash. That keeps right passwords, which are
 * counted as failures until they are known to be right, below what everybody has for free.
 */
final class Lanes {
  static final int WIDTH = 3;
  private static final int LANES = 256;

  private final Semaphore[] lanes =
      Stream.generate(() -> new Semaphore(WIDTH, true)).limit(LANES).toArray(Semaphore[]::new);

  /** Waits for its turn. Some accounts share a lane, which costs them time and nothing else. */
  Lane enter(String digest) {
    Semaphore lane = lanes[Math.floorMod(digest.hashCode(), LANES)];
    lane.acquireUninterruptibly();
    return lane::release;
  }

  /** To be closed once. */
  interface Lane extends AutoCloseable {
    @Override
    void close();
  }
}
