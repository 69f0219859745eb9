package io.simplejwt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cluster of aws/cluster.yaml: who gets in, what is encrypted and logged, where nodes stand.
 */
class ClusterTest {
  private static final Path FILE = Path.of("aws/cluster.yaml");

  private final Template template = Template.of(FILE);
  private final Map<String, Object> cluster = template.properties("Cluster");

  @Test
  void letsInOnlyWhomAnEntryNames() {
    assertThat(cluster.get("AccessConfig"))
        .isEqualTo(
            Map.of(
                "AuthenticationMode",
                "API_AND_CONFIG_MAP",
                "BootstrapClusterCreatorAdminPermissions",
                false));
  }

  @Test
  void logsAllThatTheControlPlaneTells() {
    Object types =
        Template.object(Template.object(cluster.get("Logging")).get("ClusterLogging"))
            .get("EnabledTypes");
    assertThat(Template.list(types))
        .extracting(type -> Template.object(type).get("Type"))
        .containsExactlyInAnyOrder(
            "api", "audit", "authenticator", "controllerManager", "scheduler");
  }

  @Test
  void encryptsSecretsAndIsNotDeletedByMistake() {
    assertThat(Template.list(cluster.get("EncryptionConfig")))
        .singleElement()
        .isEqualTo(
            Map.of("Resources", List.of("secrets"), "Provider", Map.of("KeyArn", "${Key.Arn}")));
    assertThat(cluster).containsEntry("DeletionProtection", true);
  }

  @Test
  void keepsNodesInPrivateSubnetsOnEncryptedDisks() {
    List<String> inside = List.of("${PrivateSubnetA}", "${PrivateSubnetB}", "${PrivateSubnetC}");
    assertThat(template.properties("Nodes"))
        .containsEntry("Subnets", inside)
        .containsEntry("AmiType", "AL2023_x86_64_STANDARD");
    Map<String, Object> node =
        Template.object(template.properties("NodeTemplate").get("LaunchTemplateData"));
    assertThat(Template.list(node.get("BlockDeviceMappings")))
        .extracting(disk -> Template.object(Template.object(disk).get("Ebs")).get("Encrypted"))
        .containsExactly(true);
  }

  /** A pod is one hop further away than the node. */
  @Test
  void keepsTheNodesRoleFromPods() {
    Map<String, Object> node =
        Template.object(template.properties("NodeTemplate").get("LaunchTemplateData"));
    assertThat(node)
        .containsEntry(
            "MetadataOptions", Map.of("HttpTokens", "required", "HttpPutResponseHopLimit", 1));
  }

  @Test
  void hasTheAddOnsAndEnforcesNetworkPolicies() {
    assertThat(template.resources("AWS::EKS::Addon").values())
        .extracting(addon -> Template.object(addon.get("Properties")).get("AddonName"))
        .containsExactlyInAnyOrder(
            "vpc-cni",
            "coredns",
            "kube-proxy",
            "eks-pod-identity-agent",
            "aws-ebs-csi-driver",
            "amazon-cloudwatch-observability");
    assertThat((String) template.properties("NetworkAddon").get("ConfigurationValues"))
        .isEqualTo("{\"enableNetworkPolicy\": \"true\"}");
  }

  @ParameterizedTest
  @CsvSource({"one,1", "three,3"})
  void leadsEachZoneOutThroughAGatewayThatIsThere(String wanted, int gateways) {
    Template network = Template.of(FILE, Map.of("NatGateways", wanted));
    List<String> made =
        network.resources("AWS::EC2::NatGateway").keySet().stream()
            .map(id -> "${" + id + "}")
            .toList();
    assertThat(made).hasSize(gateways);
    assertThat(
            Stream.of("A", "B", "C")
                .map(zone -> network.properties("PrivateDefaultRoute" + zone).get("NatGatewayId")))
        .containsOnly(made.toArray());
  }

  /** docs/operations.md says what each one means, and what to do. */
  @Test
  void explainsEveryAlarm() {
    String page = Template.read(Path.of("docs/operations.md"));
    List<String> told =
        Pattern.compile("(?m)^\\| `…-([a-z-]+)` \\| .+ \\| .+ \\|$")
            .matcher(page)
            .results()
            .map(row -> row.group(1))
            .toList();
    List<String> alarms =
        Template.FILES.stream()
            .flatMap(
                file -> Template.of(file).resources("AWS::CloudWatch::Alarm").values().stream())
            .map(alarm -> Template.object(alarm.get("Properties")).get("AlarmName").toString())
            .map(name -> name.replaceFirst("^simple-jwt-api-", ""))
            .toList();
    assertThat(told).containsExactlyInAnyOrderElementsOf(alarms);
  }
}
