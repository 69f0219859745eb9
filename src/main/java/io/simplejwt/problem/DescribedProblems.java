package io.simplejwt.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Says in the API's description that every error answer of every call is a problem. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DescribedProblems implements OASFilter {
  @Override
  public Operation filterOperation(Operation operation) {
    APIResponses answers = operation.getResponses();
    answers
        .getAPIResponses()
        .forEach(
            (status, answer) -> {
              if (status.startsWith("4")) {
                answer.setContent(problem());
              }
            });
    answers.setDefaultValue(
        OASFactory.createAPIResponse()
            .description("Another failure: its kind, and what would be right")
            .content(problem()));
    return operation;
  }

  private static Content problem() {
    return OASFactory.createContent()
        .addMediaType(
            ProblemDocument.MEDIA_TYPE,
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
  }
}
