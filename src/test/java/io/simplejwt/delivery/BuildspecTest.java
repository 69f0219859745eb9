package io.simplejwt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What the pipeline's projects are told to run stands in this project. */
class BuildspecTest {
  private static final Pattern SCRIPT = Pattern.compile("\\bci/[\\w-]+\\.sh\\b");
  private final Template pipeline = Template.of(Path.of("aws/pipeline.yaml"));

  @ParameterizedTest
  @ValueSource(strings = {"BuildProject", "DeployProject"})
  void projectRunsOnlyWhatIsHere(String project) throws IOException {
    String text = Files.readString(buildspec(project));
    Matcher scripts = SCRIPT.matcher(text);
    assertThat(scripts.results().map(found -> Path.of(found.group())))
        .isNotEmpty()
        .allSatisfy(script -> assertThat(script).exists());
  }

  /** `post_build` and the phases after it would run behind a failed one. */
  @ParameterizedTest
  @ValueSource(strings = {"BuildProject", "DeployProject"})
  void failedPhaseEndsTheBuild(String project) throws IOException {
    assertThat(Template.object(document(project).get("phases")).values())
        .isNotEmpty()
        .allSatisfy(
            phase -> assertThat(Template.object(phase).get("on-failure")).isEqualTo("ABORT"));
  }

  @Test
  void buildExportsWhatTheDeployIsGiven() throws IOException {
    Map<String, Object> env = Template.object(document("BuildProject").get("env"));
    assertThat(Set.copyOf(Template.list(env.get("exported-variables"))))
        .isEqualTo(PipelineTest.EXPORTED.get("BuildVariables"));
  }

  /** The secret goes from the parameter store into the cluster; a build must not have it. */
  @ParameterizedTest
  @ValueSource(strings = {"BuildProject", "DeployProject"})
  void readsNoSecretIntoAVariable(String project) throws IOException {
    Map<String, Object> env = Template.object(document(project).get("env"));
    assertThat(env.keySet()).isSubsetOf(Set.of("shell", "variables", "exported-variables"));
  }

  private Path buildspec(String project) {
    Map<String, Object> source = Template.object(pipeline.properties(project).get("Source"));
    return Path.of((String) source.get("BuildSpec"));
  }

  private Map<String, Object> document(String project) throws IOException {
    return Template.object(new Yaml().load(Files.readString(buildspec(project))));
  }
}
