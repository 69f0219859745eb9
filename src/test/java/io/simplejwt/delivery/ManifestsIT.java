package io.simplejwt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The manifests, without a cluster. Some clusters drop a field that they do not know in silence.
 */
class ManifestsIT {
  private static final String APP = "simple-jwt-api";

  static List<Path> files() {
    return Manifests.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void holdsNoFieldThatKubernetesDoesNotKnow(Path file) {
    for (HasMetadata object : Manifests.objects(file)) {
      String name = object.getKind() + "/" + object.getMetadata().getName();
      assertThat(object).as(name).isNotInstanceOf(GenericKubernetesResource.class);
      assertThat(Manifests.unknownFields(object)).as(name).isEmpty();
    }
  }

  @Test
  void findsAMisspeltField() {
    HasMetadata misspelt =
        Manifests.parse(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: x}
            spec: {template: {spec: {containers: [{name: x, livenesProbe: {}}]}}}
            """);
    assertThat(Manifests.unknownFields(misspelt))
        .containsExactly("Deployment.spec.template.spec.containers[0].livenesProbe");
  }

  @ParameterizedTest
  @MethodSource("files")
  void passesPodSecurityRestricted(Path file) {
    if (Manifests.isPatch(file)) {
      return; // it holds for what the patch changes
    }
    pods(
        file,
        (place, pod) -> {
          assertThat(pod.getSecurityContext().getRunAsNonRoot()).as(place).isTrue();
          assertThat(pod.getSecurityContext().getSeccompProfile().getType())
              .as(place)
              .isEqualTo("RuntimeDefault");
          assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()))
              .as(place)
              .noneMatch(Boolean.TRUE::equals);
          assertThat(pod.getVolumes()).as(place).allMatch(ManifestsIT::isAllowed);
          containers(pod)
              .forEach(
                  container -> {
                    var security = container.getSecurityContext();
                    String at = place + " " + container.getName();
                    assertThat(security.getAllowPrivilegeEscalation()).as(at).isFalse();
                    assertThat(security.getCapabilities().getDrop()).as(at).containsExactly("ALL");
                    assertThat(security.getCapabilities().getAdd()).as(at).isNullOrEmpty();
                    assertThat(Boolean.TRUE.equals(security.getPrivileged())).as(at).isFalse();
                    assertThat(Objects.equals(security.getRunAsUser(), 0L)).as(at).isFalse();
                  });
        });
  }

  /** Beyond what "restricted" asks. */
  @ParameterizedTest
  @MethodSource("files")
  void givesPodsNoMoreThanTheyNeed(Path file) {
    if (Manifests.isPatch(file)) {
      return;
    }
    pods(
        file,
        (place, pod) -> {
          assertThat(pod.getAutomountServiceAccountToken()).as(place + " token").isFalse();
          containers(pod)
              .forEach(
                  container -> {
                    String at = place + " " + container.getName();
                    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .as(at)
                        .isTrue();
                    assertThat(container.getResources().getRequests())
                        .as(at)
                        .containsKeys("cpu", "memory");
                    assertThat(container.getResources().getLimits()).as(at).containsKey("memory");
                    assertThat(container.getImage()).as(at).contains(":").doesNotEndWith(":latest");
                  });
        });
  }

  @Test
  void asksAllThreeProbesOnTheManagementPort() {
    Container app = app();
    assertThat(Stream.of(app.getStartupProbe(), app.getReadinessProbe(), app.getLivenessProbe()))
        .allSatisfy(probe -> assertThat(probe.getHttpGet().getPort().getIntVal()).isEqualTo(9000));
    assertThat(app.getStartupProbe().getPeriodSeconds()).isEqualTo(1);
  }

  @Test
  void givesItsSecretsAndSettingsToThePods() {
    assertThat(app().getEnvFrom())
        .extracting(EnvFromSource::getSecretRef)
        .filteredOn(Objects::nonNull)
        .extracting(SecretEnvSource::getName)
        .containsExactly(APP);
    assertThat(app().getEnvFrom())
        .extracting(EnvFromSource::getConfigMapRef)
        .filteredOn(Objects::nonNull)
        .extracting(ConfigMapEnvSource::getName)
        .containsExactly(APP);
  }

  @Test
  void canBeAppliedAgainByTheNextRelease() {
    assertThat(Manifests.generated(Deployment.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(Map.of("app.kubernetes.io/name", APP));
  }

  @Test
  void leavesThePodMoreTimeThanItsStopTakes() {
    int preStop = Integer.parseInt(app().getLifecycle().getPreStop().getExec().getCommand().get(1));
    assertThat(pod().getTerminationGracePeriodSeconds()).isGreaterThan(preStop + 5 + 10);
  }

  @Test
  void encryptsTheSameServiceWhereACertificateIsGiven() {
    Service plain = Manifests.generated(Service.class);
    Service https = (Service) Manifests.objects(Path.of("deploy/service-https.yml")).get(0);
    assertThat(https.getMetadata().getName()).isEqualTo(plain.getMetadata().getName());
    assertThat(https.getSpec().getSelector()).isEqualTo(plain.getSpec().getSelector());
    assertThat(https.getSpec().getType()).isEqualTo("LoadBalancer");
    assertThat(https.getSpec().getPorts())
        .allSatisfy(port -> assertThat(port.getPort()).isEqualTo(443));
    assertThat(balancing(https)).containsAllEntriesOf(balancing(plain));
    assertThat(balancing(https).values()).anyMatch(value -> value.contains("TLS13"));
    assertThat(Stream.of(plain, https))
        .allSatisfy(
            service -> {
              assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Cluster");
              assertThat(balancing(service).values()).contains("instance", "internet-facing");
            });
  }

  private static Map<String, String> balancing(Service service) {
    Map<String, String> annotations = new TreeMap<>(service.getMetadata().getAnnotations());
    annotations.keySet().removeIf(name -> !name.contains("aws-load-balancer"));
    return annotations;
  }

  private static PodSpec pod() {
    return Manifests.generated(Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static Container app() {
    return pod().getContainers().get(0);
  }

  private static Stream<Container> containers(PodSpec pod) {
    return Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream());
  }

  private static boolean isAllowed(Volume volume) {
    return Stream.of(
            volume.getEmptyDir(),
            volume.getConfigMap(),
            volume.getSecret(),
            volume.getPersistentVolumeClaim())
        .anyMatch(Objects::nonNull);
  }

  private static void pods(Path file, BiConsumer<String, PodSpec> check) {
    for (HasMetadata object : Manifests.objects(file)) {
      String name = object.getKind() + "/" + object.getMetadata().getName();
      Manifests.walk(
          name,
          object,
          (place, value) -> {
            if (value instanceof PodSpec pod) {
              check.accept(name, pod);
            }
          });
    }
  }
}
