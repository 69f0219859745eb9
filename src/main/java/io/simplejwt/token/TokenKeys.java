package io.simplejwt.token;

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
 */
final class TokenKeys {
  private final TokenKey signing;
  private final List<TokenKey> all;

  TokenKeys(TokenKey signing, List<TokenKey> verifying) {
    this.signing = signing;
    this.all = Stream.concat(Stream.of(signing), verifying.stream()).toList();
  }

  TokenKey signing() {
    return signing;
  }

  /** The key that this token's header names. A handful of keys: looking is faster than hashing. */
  Optional<TokenKey> namedBy(StrictGate.Parts token) {
    for (TokenKey key : all) {
      if (token.hasHeader(key.header())) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
