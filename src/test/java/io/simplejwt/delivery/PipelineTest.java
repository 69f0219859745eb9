package io.simplejwt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pipeline of aws/pipeline.yaml: what its actions are told, in which order they run, and what
 * they hand on.
 */
class PipelineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VARIABLE = Pattern.compile("#\\{(\\w+)\\.(\\w+)}");

  /**
   * Per provider, the keys that AWS documents for `Configuration`, the needed ones first. Nothing
   * else checks them.
   */
  private static final Map<String, Keys> TAKEN =
      Map.of(
          "Source AWS CodeStarSourceConnection 1",
          new Keys(
              Set.of("ConnectionArn", "FullRepositoryId", "BranchName"),
              Set.of("OutputArtifactFormat", "DetectChanges")),
          "Build AWS CodeBuild 1",
          new Keys(
              Set.of("ProjectName"),
              Set.of(
                  "PrimarySource",
                  "BatchEnabled",
                  "BuildspecOverride",
                  "CombineArtifacts",
                  "EnvironmentVariables")),
          "Approval AWS Manual 1",
          new Keys(Set.of(), Set.of("NotificationArn", "CustomData", "ExternalEntityLink")));

  /**
   * What an action may refer to: what the actions before it export, and what the pipeline declares.
   */
  static final Map<String, Set<String>> EXPORTED =
      Map.of(
          "SourceVariables",
              Set.of("CommitId", "CommitMessage", "BranchName", "FullRepositoryName"),
          "BuildVariables", Set.of("IMAGE", "RELEASE_VERSION", "RELEASE_COMMIT"),
          "variables", Set.of("DEPLOY_STRATEGY", "SOAK"));

  private record Keys(Set<String> needed, Set<String> optional) {}

  private final Template template =
      Template.of(Path.of("aws/pipeline.yaml"), Map.of("Approval", "yes", "Repository", "o/r"));
  private final Map<String, Object> pipeline = template.properties("Pipeline");

  @Test
  void tellsEachActionWhatItTakes() {
    assertThat(actions())
        .hasSize(4)
        .allSatisfy(
            action -> {
              Keys keys = TAKEN.get(type(action));
              assertThat(keys).as(type(action)).isNotNull();
              Set<String> given = configuration(action).keySet();
              assertThat(given).containsAll(keys.needed());
              assertThat(given)
                  .isSubsetOf(
                      Stream.concat(keys.needed().stream(), keys.optional().stream()).toList());
              assertThat(configuration(action).values()).allMatch(String.class::isInstance);
            });
  }

  @Test
  void verifiesBuildsAsksAndDeploysInThisOrder() {
    assertThat(stages(pipeline)).containsExactly("Source", "Build", "Approve", "Deploy");
    assertThat(stages(Template.of(Path.of("aws/pipeline.yaml")).properties("Pipeline")))
        .containsExactly("Source", "Build", "Deploy");
  }

  @Test
  void refersOnlyToWhatWasExportedBefore() {
    List<String> namespaces = new ArrayList<>(List.of("variables"));
    for (Map<String, Object> action : actions()) {
      VARIABLE
          .matcher(configuration(action).toString())
          .results()
          .forEach(
              used -> {
                assertThat(namespaces).contains(used.group(1));
                assertThat(EXPORTED.get(used.group(1))).contains(used.group(2));
              });
      namespaces.add(String.valueOf(action.get("Namespace")));
    }
    assertThat(Template.list(pipeline.get("Variables")))
        .extracting(variable -> Template.object(variable).get("Name"))
        .containsExactlyInAnyOrderElementsOf(EXPORTED.get("variables"));
  }

  @Test
  void handsOnOnlyWhatWasMadeBefore() {
    Set<String> made = new TreeSet<>();
    for (Map<String, Object> action : actions()) {
      assertThat(made).containsAll(names(action.get("InputArtifacts")));
      made.addAll(names(action.get("OutputArtifacts")));
    }
    assertThat(made).containsExactlyInAnyOrder("Source", "Release");
  }

  @Test
  void deploysTheDigestThatWasBuilt() throws IOException {
    Map<String, String> given = variables(actions().get(3));
    assertThat(given)
        .containsEntry("IMAGE", "#{BuildVariables.IMAGE}")
        .containsEntry("RELEASE_COMMIT", "#{BuildVariables.RELEASE_COMMIT}")
        .containsOnlyKeys("IMAGE", "RELEASE_VERSION", "RELEASE_COMMIT", "DEPLOY_STRATEGY", "SOAK");
    assertThat(variables(actions().get(1))).containsOnlyKeys("COMMIT");
  }

  @Test
  void runsEachCommitOnceAndGoesBackWhenADeployFails() {
    assertThat(pipeline)
        .containsEntry("PipelineType", "V2")
        .containsEntry("ExecutionMode", "QUEUED");
    assertThat(Template.object(Template.list(pipeline.get("Stages")).get(3)))
        .containsEntry("OnFailure", Map.of("Result", "ROLLBACK"));
    assertThat(configuration(actions().get(0))).containsEntry("DetectChanges", "false");
    assertThat(Template.list(pipeline.get("Triggers")))
        .singleElement()
        .extracting(trigger -> Template.object(trigger).get("GitConfiguration"))
        .extracting(git -> Template.object(git).get("SourceActionName"))
        .isEqualTo(actions().get(0).get("Name"));
  }

  @Test
  void givesThePrivilegeToTheBuildAlone() {
    assertThat(isPrivileged("BuildProject")).isEqualTo(true);
    assertThat(isPrivileged("DeployProject")).isEqualTo(false);
    assertThat(template.properties("DeployProject")).containsEntry("ConcurrentBuildLimit", 1);
  }

  @Test
  void mapsTheDeployRoleToTheNarrowGroupAndNoPolicy() {
    RoleBinding binding =
        Manifests.objects(Path.of("deploy/rbac.yml")).stream()
            .filter(RoleBinding.class::isInstance)
            .map(RoleBinding.class::cast)
            .findFirst()
            .orElseThrow();
    Map<String, Object> access = template.properties("DeployAccess");
    assertThat(access).doesNotContainKey("AccessPolicies");
    assertThat(Template.list(access.get("KubernetesGroups")))
        .isEqualTo(binding.getSubjects().stream().map(Subject::getName).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BuildProject", "DeployProject"})
  void givesProjectsNamesOfSecretsOnly(String project) {
    Template all = Template.of(Path.of("aws/pipeline.yaml"), PermissionsTest.EVERYTHING);
    Object given =
        Template.object(all.properties(project).get("Environment")).get("EnvironmentVariables");
    assertThat(Template.list(given))
        .isNotEmpty()
        .allSatisfy(
            variable -> {
              assertThat(Template.object(variable)).containsOnlyKeys("Name", "Value");
              assertThat((String) Template.object(variable).get("Value")).isNotEmpty();
              assertThat((String) Template.object(variable).get("Name"))
                  .matches(".*_PARAMETER|CLUSTER_NAME|NAMESPACE|DEPLOY_ROLE_ARN|REPOSITORY_URI");
            });
  }

  /** The name may begin with a slash or not, as the older `JWT_SECRET` does. */
  @ParameterizedTest
  @ValueSource(strings = {"/simple-jwt-api/JWT_SECRET", "JWT_SECRET"})
  void readsTheParameterWhateverItsNameBeginsWith(String name) {
    Template named = Template.of(Path.of("aws/pipeline.yaml"), Map.of("JwtSecretParameter", name));
    assertThat(Statement.of(named))
        .filteredOn(statement -> statement.sid().equals("ReadItsParameters"))
        .flatExtracting(Statement::resources)
        .contains("arn:aws:ssm:REGION:ACCOUNT_ID:parameter/" + name.replaceFirst("^/", ""));
  }

  private List<Map<String, Object>> actions() {
    return Template.list(pipeline.get("Stages")).stream()
        .flatMap(stage -> Template.list(Template.object(stage).get("Actions")).stream())
        .map(Template::object)
        .toList();
  }

  private static List<Object> stages(Map<String, Object> pipeline) {
    return Template.list(pipeline.get("Stages")).stream()
        .map(stage -> Template.object(stage).get("Name"))
        .toList();
  }

  private static String type(Map<String, Object> action) {
    Map<String, Object> id = Template.object(action.get("ActionTypeId"));
    return String.join(
        " ",
        Stream.of("Category", "Owner", "Provider", "Version")
            .map(part -> String.valueOf(id.get(part)))
            .toList());
  }

  private static Map<String, Object> configuration(Map<String, Object> action) {
    return Template.object(action.get("Configuration"));
  }

  private static Map<String, String> variables(Map<String, Object> action) throws IOException {
    Map<String, String> given = new TreeMap<>();
    for (JsonNode variable :
        JSON.readTree((String) configuration(action).get("EnvironmentVariables"))) {
      assertThat(variable.get("type").asText()).isEqualTo("PLAINTEXT");
      given.put(variable.get("name").asText(), variable.get("value").asText());
    }
    return given;
  }

  private Object isPrivileged(String project) {
    return Template.object(template.properties(project).get("Environment")).get("PrivilegedMode");
  }

  private static List<String> names(Object artifacts) {
    return Template.list(artifacts).stream()
        .map(artifact -> (String) Template.object(artifact).get("Name"))
        .toList();
  }
}
