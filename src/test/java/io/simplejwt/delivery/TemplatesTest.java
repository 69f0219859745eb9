package io.simplejwt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.AliasEvent;

/** What cfn-lint does not look at. It knows types, names and values; ci/lint.sh runs it. */
class TemplatesTest {
  /**
   * CloudFormation's limit for a template that is sent with the call, as `aws cloudformation
   * deploy` does.
   */
  private static final int LIMIT = 51_200;

  /** What would be lost with them cannot be made again. */
  private static final Set<String> KEPT =
      Set.of("AWS::ECR::Repository", "AWS::S3::Bucket", "AWS::KMS::Key");

  static List<Path> templates() {
    return Template.FILES;
  }

  @ParameterizedTest
  @MethodSource("templates")
  void canBeSentAsTheyStand(Path file) {
    String text = Template.read(file);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LIMIT);
    assertThat(StreamSupport.stream(new Yaml().parse(new StringReader(text)).spliterator(), false))
        .as("CloudFormation refuses YAML's aliases")
        .noneMatch(AliasEvent.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void askForEachParameterInASentenceAndInOneGroup(Path file) {
    Template template = Template.of(file);
    List<String> grouped =
        Template.list(
                Template.object(template.section("Metadata").get("AWS::CloudFormation::Interface"))
                    .get("ParameterGroups"))
            .stream()
            .flatMap(group -> Template.list(Template.object(group).get("Parameters")).stream())
            .map(String::valueOf)
            .toList();
    assertThat(grouped).doesNotHaveDuplicates();
    assertThat(grouped)
        .containsExactlyInAnyOrderElementsOf(template.section("Parameters").keySet());
    assertThat(template.section("Parameters").values())
        .extracting(parameter -> Template.object(parameter).get("Description"))
        .allSatisfy(text -> assertThat((String) text).matches("[A-Z][^?]*\\?.*"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void describeEachOutput(Path file) {
    assertThat(Template.of(file).section("Outputs").values())
        .extracting(output -> Template.object(output).get("Description"))
        .allSatisfy(text -> assertThat((String) text).matches("[A-Z].*\\."));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void keepWhatCannotBeMadeAgain(Path file) {
    assertThat(everything(file).resources().values())
        .filteredOn(resource -> KEPT.contains(resource.get("Type")))
        .isNotEmpty()
        .allSatisfy(
            resource ->
                assertThat(resource)
                    .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
                    .containsEntry("UpdateReplacePolicy", "Retain"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void encryptLogsAndEndThem(Path file) {
    assertThat(everything(file).resources("AWS::Logs::LogGroup").values())
        .isNotEmpty()
        .extracting(group -> Template.object(group.get("Properties")))
        .allSatisfy(group -> assertThat(group).containsKeys("KmsKeyId", "RetentionInDays"));
  }

  /** Where the key's policy does not know a group by its name, the group cannot be made. */
  @ParameterizedTest
  @MethodSource("templates")
  void letTheKeyEncryptEachLogGroup(Path file) {
    String context = "kms:EncryptionContext:aws:logs:arn ";
    List<String> known =
        Statement.of(everything(file)).stream()
            .flatMap(statement -> statement.conditions().stream())
            .filter(condition -> condition.contains(context))
            .flatMap(condition -> Arrays.stream(condition.split(context)[1].split(" or ")))
            .map(arn -> arn.substring(arn.indexOf(":log-group:") + ":log-group:".length()))
            .toList();
    assertThat(everything(file).resources("AWS::Logs::LogGroup").values())
        .extracting(group -> Template.object(group.get("Properties")).get("LogGroupName"))
        .allSatisfy(
            name ->
                assertThat(known)
                    .anyMatch(pattern -> ((String) name).matches(pattern.replace("*", ".*"))));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void encryptTopics(Path file) {
    assertThat(everything(file).resources("AWS::SNS::Topic").values())
        .isNotEmpty()
        .extracting(topic -> Template.object(topic.get("Properties")))
        .allSatisfy(topic -> assertThat(topic).containsEntry("KmsMasterKeyId", "${Key}"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void tellSomebodyOfEachAlarm(Path file) {
    Map<String, Map<String, Object>> alarms = everything(file).resources("AWS::CloudWatch::Alarm");
    assertThat(alarms).isNotEmpty();
    assertThat(alarms.values())
        .extracting(alarm -> Template.object(alarm.get("Properties")))
        .allSatisfy(
            alarm -> {
              assertThat(Template.list(alarm.get("AlarmActions"))).hasSize(1);
              assertThat(alarm).containsKeys("AlarmDescription", "TreatMissingData");
            });
  }

  private static Template everything(Path file) {
    return Template.of(file, PermissionsTest.EVERYTHING);
  }
}
