package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The previous release's jar, {@code -Dprevious.jar}, on a store that this one has brought to its
 * schema, as the old colour of a deploy has it; then this one again. ci/previous-release-test.sh
 * builds that jar and runs this.
 */
class PreviousReleaseCheck {
  private static final Path PREVIOUS = Path.of(System.getProperty("previous.jar", ""));

  @TempDir Path directory;

  @Test
  void worksOnTheEmbeddedStore() throws Exception {
    onNewSchema(Map.of());
  }

  @Test
  void worksOnPostgres() throws Exception {
    try (PostgresOnDisk postgres = new PostgresOnDisk(directory)) {
      onNewSchema(postgres.variables());
    }
  }

  private void onNewSchema(Map<String, String> store) throws Exception {
    Map<String, String> variables = new HashMap<>(store);
    variables.put("SIGN_UP", "open");
    variables.put("PASSWORD_MIN_LENGTH", "5");
    JsonNode old;
    try (var present = ServiceProcess.start(directory, variables)) {
      old = present.tokensFor("abc@xyz.com", "mypwd");
    }
    JsonNode made;
    try (var previous = ServiceProcess.start(PREVIOUS, directory, variables)) {
      old = used(previous, old);
      previous.tokenFor("abc@xyz.com", "mypwd");
      made = previous.tokensFor("xyz@xyz.com", "mypwd");
    }
    try (var present = ServiceProcess.start(directory, variables)) {
      used(present, old);
      used(present, made);
      present.tokenFor("xyz@xyz.com", "mypwd");
    }
  }

  /** What the other release gave is good here, and is exchanged for the next. */
  private static JsonNode used(ServiceProcess service, JsonNode tokens) throws Exception {
    assertThat(service.get("/contents", tokens.get("token").textValue()).statusCode())
        .isEqualTo(200);
    HttpResponse<String> answer = service.refresh(tokens.get("refresh_token").textValue());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ServiceProcess.json(answer.body());
  }
}
