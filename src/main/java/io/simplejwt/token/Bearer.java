package io.simplejwt.token;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.token.Verdict.Valid;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one door by which a bearer token enters: a single {@code Authorization} header, the scheme in
 * any case, one space, the token (RFC 6750 §2.1). Never a cookie, a form or the query.
 *
 * <p>While nobody knows which sessions have ended, no token is let in: 503, not 401, since it may
 * be as good as ever.
 */
@Singleton
public class Bearer {
  private static final String SCHEME = "bearer";

  private static final Problem BLIND =
      Problem.retry(
          Reason.UNAVAILABLE,
          "The store has not answered for too long to know which sessions have ended; try again",
          Duration.ofSeconds(5));

  private final TokenVerifier verifier;
  private final RevocationList revocations;

  Bearer(TokenVerifier verifier, RevocationList revocations) {
    this.verifier = verifier;
    this.revocations = revocations;
  }

  /** What is to be said of the request's token; nothing where it presents none. */
  public Optional<Presented> in(HttpServerRequest request) {
    List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.size() == 1 && isBearer(headers.get(0))) {
      String header = headers.get(0);
      String token = header.substring(Math.min(header.length(), SCHEME.length() + 1));
      return Optional.of(new Presented(token, judge(token)));
    }
    return headers.stream().anyMatch(Bearer::isBearer)
        ? Optional.of(new Presented("", new Verdict.Rejected(Verdict.Cause.NOT_A_TOKEN)))
        : Optional.empty(); // RFC 6750 §3.1: no bearer, so nothing about it is wrong
  }

  /** The verdict on a token from wherever it came; a 503 where that would be a guess. */
  public Verdict judge(String token) {
    Verdict verdict = verifier.verify(token);
    if (verdict instanceof Valid && !revocations.isTrusted()) {
      throw BLIND.exception();
    }
    return verdict;
  }

  private static boolean isBearer(String header) {
    int end = SCHEME.length();
    return header.regionMatches(true, 0, SCHEME, 0, end)
        && (header.length() == end || header.charAt(end) == ' ');
  }

  /** A token with its verdict. */
  public record Presented(String token, Verdict verdict) {
    @Override
    public String toString() {
      return "Presented[" + verdict + "]";
    }
  }
}
