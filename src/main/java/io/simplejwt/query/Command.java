package io.simplejwt.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** One statement and the values of its {@code :names}; without values the text is not touched. */
record Command(SqlText sql, Map<String, JsonNode> parameters) {
  boolean hasParameters() {
    return !parameters.isEmpty();
  }
}
