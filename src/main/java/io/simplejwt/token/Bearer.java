package io.simplejwt.token;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The one door by which a bearer token enters: a single {@code Authorization} header, the scheme in
 * any case, one space, the token (RFC 6750 §2.1). Never a cookie, a form or the query.
 */
@Singleton
public class Bearer {
  private static final String SCHEME = "bearer";

  private final TokenVerifier verifier;

  Bearer(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /** What is to be said of the request's token; nothing where it presents none. */
  Optional<Presented> in(HttpServerRequest request) {
    List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.size() == 1 && isBearer(headers.get(0))) {
      String header = headers.get(0);
      String token = header.substring(Math.min(header.length(), SCHEME.length() + 1));
      return Optional.of(new Presented(token, verifier.verify(token)));
    }
    return headers.stream().anyMatch(Bearer::isBearer)
        ? Optional.of(new Presented("", new Verdict.Rejected(Verdict.Cause.NOT_A_TOKEN)))
        : Optional.empty(); // RFC 6750 §3.1: no bearer, so nothing about it is wrong
  }

  private static boolean isBearer(String header) {
    int end = SCHEME.length();
    return header.regionMatches(true, 0, SCHEME, 0, end)
        && (header.length() == end || header.charAt(end) == ' ');
  }

  /** A token with its verdict. */
  record Presented(String token, Verdict verdict) {
    @Override
    public String toString() {
      return "Presented[" + verdict + "]";
    }
  }
}
