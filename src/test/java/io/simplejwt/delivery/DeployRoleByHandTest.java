package io.simplejwt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * trust.json and iam-role-policy.json make by hand the role that aws/pipeline.yaml makes by
 * default.
 */
class DeployRoleByHandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> role =
      Template.of(Path.of("aws/pipeline.yaml")).properties("DeployRole");

  @Test
  void isTakenByTheSameProjectOnly() throws IOException {
    assertThat(plain(role.get("AssumeRolePolicyDocument"))).isEqualTo(file("trust.json"));
  }

  @Test
  void mayDoTheSame() throws IOException {
    assertThat(Template.list(role.get("Policies")))
        .singleElement()
        .satisfies(
            policy ->
                assertThat(plain(Template.object(policy).get("PolicyDocument")))
                    .isEqualTo(file("iam-role-policy.json")));
  }

  private static Object file(String name) throws IOException {
    return JSON.readTree(Template.read(Path.of(name)));
  }

  private static Object plain(Object policy) throws IOException {
    return JSON.readTree(
        JSON.writeValueAsString(policy)
            .replace("${AWS::AccountId}", "ACCOUNT_ID")
            .replace("${AWS::Region}", "REGION"));
  }
}
