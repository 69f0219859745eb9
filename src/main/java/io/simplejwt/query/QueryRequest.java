package io.simplejwt.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /query}. Members that are not listed are ignored. */
@Schema(name = "Query")
record QueryRequest(
    @Schema(
            required = true,
            description = "One statement",
            examples = "select * from account where id_user = :id")
        String query,
    @Schema(description = "Values of the statement's :names", examples = "{\"id\": 1}")
        Map<String, JsonNode> parameters) {
  QueryRequest {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
  }

  /** Without the text, which has literals, and without the values. */
  @Override
  public String toString() {
    return "QueryRequest[***]";
  }
}
