package io.simplejwt.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** Says what is wrong with a JSON body by place and member name, never by repeating its content. */
final class JsonFault {
  private JsonFault() {}

  static String describe(JsonProcessingException failure) {
    if (failure instanceof MismatchedInputException mismatch) {
      return mismatch.getPath().isEmpty()
          ? "The body must be a JSON object and nothing else"
          : "Wrong type of member: " + member(mismatch.getPath().get(0));
    }
    JsonLocation place = failure.getLocation();
    String where =
        place == null || place.getLineNr() < 0
            ? ""
            : ", line " + place.getLineNr() + " column " + place.getColumnNr();
    return String.valueOf(failure.getOriginalMessage()).startsWith("Duplicate field")
        ? "A member stands twice in the JSON body" + where
        : "The body is not well-formed JSON" + where;
  }

  /** The record's own member name: the path of an unknown one is never in the failure. */
  private static String member(JsonMappingException.Reference reference) {
    return reference.getFieldName() == null ? "an array's element" : reference.getFieldName();
  }
}
