package io.simplejwt.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.simplejwt.store.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page's files are answered. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class PageResourceTest {
  private static final Path FILES = Path.of("src/main/resources/dashboard");

  @Test
  void everyFileIsServedAndAllOfThemAreSmall() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      Response answer = given().get("/dashboard/" + file.getFileName());
      answer.then().statusCode(200).header("X-Content-Type-Options", equalTo("nosniff"));
      assertThat(answer.headers().getValues("Content-Security-Policy"))
          .containsExactly(PageResource.POLICY);
      assertThat(answer.asByteArray()).as(file.toString()).isEqualTo(Files.readAllBytes(file));
      bytes += answer.asByteArray().length;
    }
    System.out.println("dashboard: " + bytes + " bytes");
    assertThat(bytes).isLessThan(300_000);
  }

  /** The policy forbids both; the browser would only tell by what does not work. */
  @Test
  void nothingIsInline() throws IOException {
    for (Path file : files()) {
      assertThat(Files.readString(file))
          .as(file.toString())
          .doesNotContainPattern("style=|<style|<script>|\\son[a-z]+=\"|javascript:|innerHTML");
    }
  }

  @Test
  void pageIsHtmlForEverybody() {
    given()
        .get("/dashboard")
        .then()
        .statusCode(200)
        .contentType(startsWith("text/html"))
        .header("Cache-Control", equalTo("no-cache"));
    given().get("/dashboard/main.js").then().contentType(startsWith("text/javascript"));
  }

  @Test
  void unchangedFileIsNotSentAgain() {
    String tag = given().get("/dashboard/main.js").header("ETag");
    given().header("If-None-Match", tag).get("/dashboard/main.js").then().statusCode(304);
    given().header("If-None-Match", "\"other\"").get("/dashboard/main.js").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing.js", "..%2Fapplication.properties", "dashboard.html%00"})
  void nothingElseIsServed(String name) {
    given().urlEncodingEnabled(false).get("/dashboard/" + name).then().statusCode(404);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.toList();
    }
  }
}
