package io.simplejwt.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key that signs, and all that verify.
 *
 * <p>A key is found by the encoded header of its tokens, whole: we sign with one header a key, so
 * any other header is a forgery whatever it says. So {@code alg} cannot choose anything, and {@code
 * jwk}, {@code jku}, {@code x5u}, {@code crit}, {@code zip} and doubled names are never even read
 * (RFC 8725 §3.1, §3.10).
 *
 * <p>Asking takes no lock and no I/O: the list is never changed, only replaced.
 */
final class TokenKeys {
  /** The newest first. */
  private volatile List<Term> terms;

  TokenKeys() {
    terms = List.of();
  }

  /** Keys that stay, as secrets do while the service runs. */
  TokenKeys(TokenKey signing, List<TokenKey> verifying) {
    terms =
        Stream.concat(Stream.of(signing), verifying.stream())
            .map(key -> new Term(key, Instant.MIN, Instant.MAX))
            .toList();
  }

  /** From now on these, the newest first. */
  void replace(List<Term> newTerms) {
    terms = List.copyOf(newTerms);
  }

  /** The newest key whose time has come; a clock that is behind them all gets the oldest. */
  TokenKey signing(Instant now) {
    List<Term> known = terms;
    for (Term term : known) {
      if (!now.isBefore(term.signsFrom())) {
        return term.key();
      }
    }
    if (known.isEmpty()) {
      throw new IllegalStateException("no key signs yet");
    }
    return known.get(known.size() - 1).key();
  }

  /** The key that this token's header names. A handful of keys: looking is faster than hashing. */
  Optional<TokenKey> namedBy(StrictGate.Parts token, Instant now) {
    for (Term term : terms) {
      if (token.hasHeader(term.key().header()) && now.isBefore(term.verifiesUntil())) {
        return Optional.of(term.key());
      }
    }
    return Optional.empty();
  }

  /** The public halves that somebody may need; none of secrets (RFC 7517 has "oct" for those). */
  List<Jwk> published(Instant now) {
    return terms.stream()
        .filter(term -> now.isBefore(term.verifiesUntil()))
        .flatMap(term -> term.key() instanceof PairKey pair ? Stream.of(pair.jwk()) : Stream.of())
        .toList();
  }

  /** A key with the time from which it signs and the time from which it verifies no more. */
  record Term(TokenKey key, Instant signsFrom, Instant verifiesUntil) {}
}
