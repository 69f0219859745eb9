package io.simplejwt.token;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The sessions that have ended while a token of theirs could still be valid.
 *
 * <p>A token names its session ({@code sid}), and whatever ends an account ends its sessions, so
 * one set of session ids says all: signed out, disabled, deleted, other roles, other password, a
 * refresh token used twice. {@code session} reads it whole from the store at start, before the
 * first request, adds to it when the change that ended a session is on disk, and follows what other
 * replicas do. An entry goes when the last token of its session has expired, so there are never
 * more than sessions that end within the life of a token.
 *
 * <p>Whoever follows the store says each time until when the list can be trusted. Once that is
 * over, nobody knows what has ended since, and tokens are neither accepted nor refused.
 *
 * <p>Asking takes one look into a hash table and one at the clock, no lock and no I/O, with a
 * hundred entries as with a million. What an entry costs: see {@link EndedSessions}.
 */
@Singleton
public class RevocationList {
  private final EndedSessions ended = new EndedSessions();

  /** By {@link System#nanoTime}: a clock that is set back must not make an old list look new. */
  private volatile long trustedUntil = System.nanoTime();

  /** Remembers the session until its tokens have expired. */
  public void add(String sessionId, Instant tokensExpireAt) {
    ended.add(UUID.fromString(sessionId), tokensExpireAt.getEpochSecond());
  }

  /** Forgets what needs no remembering any more. */
  public void forgetExpired(Instant past) {
    ended.forgetBefore(past.getEpochSecond());
  }

  /**
   * Says that everything that the store knew at a moment has been added.
   *
   * @param asOf that moment, by {@link System#nanoTime}
   */
  public void isComplete(long asOf, Duration trustedFor) {
    trustedUntil = asOf + trustedFor.toNanos();
  }

  /** Whether tokens can be judged by the list: it is complete, and was so not long ago. */
  public boolean isTrusted() {
    return System.nanoTime() - trustedUntil < 0;
  }

  /** How many sessions it holds. */
  public int size() {
    return ended.size();
  }

  public boolean hasEnded(String sessionId) {
    return parse(sessionId).filter(ended::contains).isPresent();
  }

  /** Whatever is no UUID is no session's id, so no such session has ended. */
  private static Optional<UUID> parse(String sessionId) {
    try {
      return Optional.of(UUID.fromString(sessionId));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
