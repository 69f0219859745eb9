package io.simplejwt.problem;

/** Checks of what every body needs, told in the same words everywhere. */
public final class Parameters {
  private Parameters() {}

  /** The body itself; refused where there is none. */
  public static <T> T requireBody(T body) {
    if (body == null) {
      throw Problem.of(Reason.INVALID_REQUEST, "The body must be a JSON object").exception();
    }
    return body;
  }

  /** The member's value; refused where it is missing, null or empty. */
  public static String require(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw Problem.of(Reason.MISSING_PARAMETER, "Missing parameter: " + name).exception();
    }
    return value;
  }
}
