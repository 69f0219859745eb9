package io.simplejwt.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of every error answer (RFC 9457). */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "An error answer, as RFC 9457 defines it")
public record ProblemDocument(
    @Schema(
            description = "What kind of failure; never changes",
            examples = "urn:simple-jwt-api:problem:missing-parameter")
        String type,
    @Schema(examples = "A parameter is missing") String title,
    @Schema(examples = "400") int status,
    @Schema(description = "What would be right", examples = "Missing parameter: email")
        String detail,
    @Schema(description = "Stands in the log too", examples = "5f0c9b8e6d7a4c31")
        @JsonProperty("request_id")
        String requestId,
    @Schema(hidden = true) @JsonAnyGetter Map<String, Object> members) {

  public static final String MEDIA_TYPE = "application/problem+json";

  static ProblemDocument of(Problem problem, String requestId) {
    Reason reason = problem.reason();
    return new ProblemDocument(
        reason.type(),
        reason.title(),
        reason.status(),
        problem.detail(),
        requestId,
        problem.members());
  }
}
