package io.simplejwt.token;

import io.quarkus.scheduler.Scheduled;
import io.simplejwt.token.KeyChain.State;
import io.simplejwt.token.TokenKeys.Term;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps {@link TokenKeys} in step with the store: at once with what this replica changes, by
 * polling with what others do. What was read last holds on while the store is away.
 */
@Singleton
public class KeyFollower {
  static final String POLL = "2s";

  private static final Logger LOG = Logger.getLogger(KeyFollower.class);

  private final SigningKeyStore store;
  private final KeySeal seal;
  private final TokenKeys keys;
  private KeyChain known = new KeyChain(List.of());

  KeyFollower(SigningKeyStore store, KeySeal seal, TokenKeys keys) {
    this.store = store;
    this.seal = seal;
    this.keys = keys;
  }

  @Scheduled(every = POLL, delayed = POLL)
  void poll() {
    if (hasStarted()) { // and there are pairs
      follow(); // where the store is away, the keys that are known hold on
    }
  }

  private synchronized boolean hasStarted() {
    return !known.keys().isEmpty();
  }

  /** One at a time, or an older answer of the store could follow a newer one. */
  synchronized void follow() {
    KeyChain chain = store.all();
    if (chain.equals(known)) {
      return;
    }
    List<Term> terms = new ArrayList<>();
    for (StoredKey row : chain.keys()) {
      Optional<PairKey> key = seal.open(row);
      key.ifPresent(
          opened -> terms.add(new Term(opened, row.signsFrom(), chain.verifiesUntil(row))));
      if (key.isEmpty()) {
        LOG.errorf(
            "Signing key %s cannot be opened: neither JWT_SECRET nor JWT_VERIFY_SECRETS is what it"
                + " was encrypted under. Its tokens are refused here",
            row.id());
      }
    }
    keys.replace(terms);
    known = chain;
  }

  /** The keys as they were read last, the newest first. */
  synchronized List<Description> describe(Instant now) {
    return known.keys().stream()
        .map(
            key ->
                new Description(
                    key.id(),
                    key.algorithm(),
                    known.stateOf(key, now),
                    key.signsFrom(),
                    Optional.of(known.verifiesUntil(key)).filter(Instant.MAX::isAfter)))
        .toList();
  }

  /** What may be told of a key. */
  record Description(
      String id,
      String algorithm,
      State state,
      Instant signsFrom,
      Optional<Instant> verifiesUntil) {}
}
