package io.simplejwt.problem;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A body of the type {@code application/x-www-form-urlencoded}, as OAuth's calls have it. */
public final class FormBody {
  private final Map<String, String> fields = new HashMap<>();

  private FormBody() {}

  public static FormBody parse(String text) {
    FormBody form = new FormBody();
    for (String field : text == null ? new String[0] : text.split("&")) {
      int end = field.indexOf('=');
      String name = decode(end < 0 ? field : field.substring(0, end));
      String value = end < 0 ? "" : decode(field.substring(end + 1));
      if (form.fields.putIfAbsent(name, value) != null) { // RFC 6749 §3.2
        throw Problem.of(Reason.INVALID_REQUEST, "A parameter stands twice in the form")
            .exception();
      }
    }
    return form;
  }

  /** The parameter's value; refused where it is missing or empty. */
  public String require(String name) {
    return Parameters.require(name, fields.get(name));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.of(Reason.INVALID_REQUEST, "The form is not well-formed").exception();
    }
  }
}
