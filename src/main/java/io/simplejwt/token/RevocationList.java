package io.simplejwt.token;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that have ended while a token of theirs could still be valid.
 *
 * <p>A token names its session ({@code sid}), and whatever ends an account ends its sessions, so
 * one set of session ids says all: signed out, disabled, deleted, other roles, other password. It
 * is read whole from the store at start, before the first request, and added to when the change
 * that ended a session is on disk. An entry goes when the last token of its session has expired.
 *
 * <p>Asking takes one look into a hash table, no lock and no I/O. An entry costs the 36 characters
 * of its id and a time.
 */
@Singleton
public class RevocationList {
  private final Map<String, Instant> ended = new ConcurrentHashMap<>();
  private volatile boolean complete;

  /** Remembers the session until its tokens have expired. */
  public void add(String sessionId, Instant tokensExpireAt) {
    ended.put(sessionId, tokensExpireAt);
  }

  /** Forgets what needs no remembering any more. */
  public void forgetExpired(Instant past) {
    ended.values().removeIf(tokensExpireAt -> tokensExpireAt.isBefore(past));
  }

  /** Says that everything that the store knows has been added. */
  public void complete() {
    complete = true;
  }

  /** Whether the list can be trusted. */
  public boolean isComplete() {
    return complete;
  }

  /** How many sessions it holds. */
  public int size() {
    return ended.size();
  }

  boolean hasEnded(String sessionId) {
    return ended.containsKey(sessionId);
  }
}
