package io.simplejwt.telemetry;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;

/** What Prometheus would read now. */
record Exposed(List<String> series) {
  private static final Pattern VALUE = Pattern.compile(" \\S+$");

  static Exposed now() {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
    String text = given().port(port).get("/q/metrics").then().statusCode(200).extract().asString();
    return new Exposed(
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> VALUE.matcher(line).replaceFirst(""))
            .toList());
  }

  /** The names, without labels. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    series.forEach(line -> names.add(line.replaceFirst("\\{.*", "")));
    return names;
  }

  /** Those of the requests. */
  List<String> requests() {
    return series.stream()
        .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
        .toList();
  }
}
