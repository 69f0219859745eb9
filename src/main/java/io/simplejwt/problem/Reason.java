package io.simplejwt.problem;

import java.util.Locale;

/**
 * Every way a call can fail, with its HTTP status and title.
 *
 * <p>The names are part of the interface: {@link #type()} is made of them (RFC 9457 §3.1.1).
 */
public enum Reason {
  MISSING_PARAMETER(400, "A parameter is missing"),
  INVALID_REQUEST(400, "The request is not valid"),
  INVALID_EMAIL(400, "This is not an email address"),
  UNACCEPTABLE_PASSWORD(400, "This password cannot be used"),
  QUERY_FAILED(400, "The statement cannot be run"),
  INVALID_CREDENTIALS(401, "Wrong email or password"),
  MISSING_TOKEN(401, "A bearer token is required"),
  INVALID_TOKEN(401, "The token is not valid"),
  INVALID_REFRESH_TOKEN(401, "The refresh token is not valid"),
  FORBIDDEN(403, "Not allowed"),
  WRONG_PASSWORD(403, "The current password is wrong"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "Not with this method"),
  NOT_ACCEPTABLE(406, "No representation that you accept"),
  REQUEST_TIMEOUT(408, "The request came too slowly"),
  CONFLICT(409, "Changed by somebody else meanwhile"),
  EMAIL_TAKEN(409, "An account with this email exists"),
  NO_KEY_PAIRS(409, "Tokens are not signed by key pairs"),
  LAST_ADMINISTRATOR(409, "The last administrator would be lost"),
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL_ERROR(500, "Something went wrong here"),
  UNAVAILABLE(503, "Not able to answer just now"),
  QUERY_TOO_SLOW(504, "The statement was stopped");

  private final int status;
  private final String title;

  Reason(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The identifier that clients may rely on; it never changes for one kind of failure. */
  public String type() {
    return "urn:simple-jwt-api:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
