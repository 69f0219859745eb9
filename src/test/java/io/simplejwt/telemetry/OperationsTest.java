package io.simplejwt.telemetry;

import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operations.md, the alerts and the dashboard tell of the metrics and alerts that exist. */
@QuarkusTest
@TestProfile(OperationsTest.KeyPairs.class)
class OperationsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)(…?)` \\|");
  private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");
  private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
  private static final Pattern RUNBOOK = Pattern.compile("(?m)^ +runbook: (\\S+)$");
  private static final Pattern METRIC = Pattern.compile("\\b([a-z_]+)\\{");
  private static final Pattern SUFFIX = Pattern.compile("_(count|sum|max|bucket)$");

  /** What Prometheus has from elsewhere: itself, the kubelet, kube-state-metrics. */
  private static final Set<String> OF_THE_CLUSTER =
      Set.of("up", "container_memory_working_set_bytes", "kube_pod_container_resource_limits");

  private final String page = read("docs/operations.md");
  private final String rules = read("deploy/monitoring/prometheus-rule.yml");
  private final String dashboard = read("deploy/monitoring/dashboard.json");

  @Test
  void tableHasWhatIsExposed() {
    Set<String> named = new TreeSet<>();
    Set<String> families = new TreeSet<>();
    ROW.matcher(page)
        .results()
        .forEach(row -> (row.group(2).isEmpty() ? named : families).add(row.group(1)));
    Set<String> exposed = exposed();
    Set<String> ours = new TreeSet<>(exposed);
    ours.removeIf(name -> !named.contains(name) && families.stream().anyMatch(name::startsWith));
    assertThat(ours).isEqualTo(named);
    assertThat(families)
        .allSatisfy(family -> assertThat(exposed).anyMatch(name -> name.startsWith(family)));
  }

  @Test
  void alertsAndDashboardAskForMetricsThatExist() {
    Set<String> known = exposed();
    known.addAll(Exposed.now().names());
    known.addAll(OF_THE_CLUSTER);
    for (String text : List.of(rules, dashboard)) {
      List<String> asked =
          METRIC.matcher(text).results().map(metric -> metric.group(1)).distinct().toList();
      assertThat(asked).isNotEmpty().allSatisfy(name -> assertThat(known).contains(name));
    }
  }

  @Test
  void everyAlertHasItsParagraph() {
    List<String> alerts = ALERT.matcher(rules).results().map(alert -> alert.group(1)).toList();
    assertThat(HEADING.matcher(page).results().map(heading -> heading.group(1)))
        .containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(RUNBOOK.matcher(rules).results().map(link -> link.group(1)))
        .containsExactlyElementsOf(
            alerts.stream()
                .map(name -> "docs/operations.md#" + name.toLowerCase(Locale.ROOT))
                .toList());
    for (String paragraph : page.split("(?m)^##+ ")) {
      if (alerts.contains(paragraph.lines().findFirst().orElse(""))) {
        assertThat(paragraph).contains("**Means**:", "**Look**:", "**Do**:");
      }
    }
  }

  /** A timer's parts go by its name. */
  private static Set<String> exposed() {
    as(admin()).get("/contents").then().statusCode(200);
    Set<String> names = new TreeSet<>();
    for (String name : Exposed.now().names()) {
      names.add(SUFFIX.matcher(name).replaceFirst(""));
    }
    return names;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where every metric is exposed. */
  public static final class KeyPairs extends EmbeddedStore {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = super.getConfigOverrides();
      settings.put("jwt.algorithm", "ES256");
      return settings;
    }
  }
}
