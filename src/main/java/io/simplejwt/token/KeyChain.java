package io.simplejwt.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The store's keys in the order in which they sign, the newest first.
 *
 * <p>What a key is at a given time follows from times alone: <em>next</em> until its time comes,
 * <em>current</em> until the next one's does, <em>previous</em> until its last token has expired,
 * then <em>gone</em>.
 */
record KeyChain(List<StoredKey> keys) {
  /**
   * Once for a replica that still signs because its clock is behind, once for the one that reads.
   */
  private static final Duration CLOCKS = TokenVerifier.LEEWAY.plus(TokenVerifier.LEEWAY);

  KeyChain {
    keys = keys.stream().sorted(KeyChain::newestFirst).toList();
  }

  /**
   * Written out: the lambdas of Comparator.comparing are in no AOT cache, but made at each start.
   */
  private static int newestFirst(StoredKey one, StoredKey other) {
    int byTime = other.signsFrom().compareTo(one.signsFrom());
    return byTime != 0 ? byTime : other.id().compareTo(one.id());
  }

  enum State {
    NEXT,
    CURRENT,
    PREVIOUS,
    GONE
  }

  Optional<StoredKey> newest() {
    return keys.stream().findFirst();
  }

  State stateOf(StoredKey key, Instant now) {
    if (now.isBefore(key.signsFrom())) {
      return State.NEXT;
    }
    Optional<StoredKey> successor = successor(key);
    if (successor.isEmpty() || now.isBefore(successor.get().signsFrom())) {
      return State.CURRENT;
    }
    return now.isBefore(verifiesUntil(key)) ? State.PREVIOUS : State.GONE;
  }

  /** When the last token of this key has expired; far off while nothing follows it. */
  Instant verifiesUntil(StoredKey key) {
    return successor(key)
        .map(next -> next.signsFrom().plus(key.tokenLife()).plus(CLOCKS))
        .orElse(Instant.MAX);
  }

  private Optional<StoredKey> successor(StoredKey key) {
    int place = keys.indexOf(key);
    return place == 0 ? Optional.empty() : Optional.of(keys.get(place - 1));
  }
}
