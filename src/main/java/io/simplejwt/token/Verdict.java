package io.simplejwt.token;

/** What the verifier says of a token. */
public sealed interface Verdict {
  /**
   * Ours, in force, its session alive.
   *
   * @param json the claims as they stand in the token, in UTF-8; not to be changed
   */
  record Valid(Claims claims, byte[] json) implements Verdict {
    @Override
    public String toString() {
      return "Valid[" + claims.tokenId() + "]";
    }
  }

  /** For the log and the metrics; callers are told one thing whatever it was. */
  record Rejected(Cause cause) implements Verdict {}

  /** Every way in which a token can fail. */
  enum Cause {
    NOT_A_TOKEN,
    UNKNOWN_HEADER,
    WRONG_SIGNATURE,
    WRONG_CLAIMS,
    WRONG_ISSUER,
    WRONG_AUDIENCE,
    NOT_YET_VALID,
    EXPIRED,
    SESSION_ENDED
  }
}
