package io.simplejwt.query;

import static io.simplejwt.query.QueryCalls.tokenWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.simplejwt.Mutations;
import io.simplejwt.RecordedLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is sent to {@code POST /query}: never a 500, and never a value in the log. */
abstract class HostileQueries {
  private static final String SECRET = "not-to-be-logged-7f3a";
  private static final int ROUNDS = 1000;
  private static final String HONEST =
      "{\"query\":\"select 'x' as a, :b as b -- y\",\"parameters\":{\"b\":\"" + SECRET + "\"}}";
  private static final List<String> SQL =
      List.of(
          "; -- $$ :: ? ?? :b $1 E' select from with recursive copy pragma begin commit"
              .split(" "));

  @TestHTTPResource URI root;

  @Test
  void mutatedBodiesNeverFailTheService() throws Exception {
    String token = tokenWith("query");
    try (RecordedLog log = new RecordedLog("io.simplejwt")) {
      bombard(token);
      assertThat(log.entries()).as("each statement is recorded").hasSizeGreaterThan(ROUNDS / 10);
      log.assertClean(SECRET);
    }
  }

  private void bombard(String token) throws Exception {
    Mutations mutations = new Mutations(SQL);
    HttpClient client = HttpClient.newHttpClient();
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = mutations.of(HONEST);
      HttpRequest request =
          HttpRequest.newBuilder(root.resolve("/query"))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as(
              "seed %d, body %s: %s",
              mutations.seed(), new String(body, StandardCharsets.UTF_8), answer.body())
          .isIn(200, 400, 403, 504);
      refused += answer.statusCode() == 200 ? 0 : 1;
    }
    assertThat(refused).as("refused, seed %d", mutations.seed()).isBetween(ROUNDS / 4, ROUNDS - 1);
  }
}
