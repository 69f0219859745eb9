package io.simplejwt.http;

import static io.restassured.RestAssured.given;
import static io.simplejwt.Calls.accountId;
import static io.simplejwt.Calls.admin;
import static io.simplejwt.Calls.as;
import static io.simplejwt.Calls.auth;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.Mutations;
import io.simplejwt.RecordedLog;
import io.simplejwt.store.EmbeddedStore;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is sent to any call that takes a body: never a 500, never a stack trace in the log,
 * never a secret in it. Statements of {@code POST /query} get more of it, see {@code
 * HostileQueries}.
 */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class HostileBodiesTest {
  private static final String PASSWORD = "not-to-be-logged-7f3a";
  private static final String REFRESH = "not-to-be-logged-7f3a".repeat(3) + "A";
  private static final int ROUNDS = 250;
  private static final List<Class<? extends Annotation>> WITH_BODY =
      List.of(POST.class, PUT.class, PATCH.class);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TestHTTPResource URI root;

  /**
   * @param path as the resource has it; {@code {id}} is somebody else's account
   */
  private record Call(String method, String path, String type, String honest) {
    static Call json(String method, String path, String honest) {
      return new Call(method, path, "application/json", honest);
    }

    static Call form(String path) {
      return new Call(
          "POST",
          path,
          "application/x-www-form-urlencoded",
          "token=" + REFRESH + "&token_type_hint=refresh_token");
    }

    String name() {
      return method + " " + path;
    }
  }

  static Stream<Call> calls() {
    String credentials =
        "{\"email\":\"fuzz@example.org\",\"password\":\"" + PASSWORD + "\",\"roles\":[\"admin\"]}";
    String refresh = "{\"refresh_token\":\"" + REFRESH + "\"}";
    return Stream.of(
        Call.json("POST", "/auth", credentials),
        Call.json("POST", "/auth/refresh", refresh),
        Call.json("POST", "/auth/logout", refresh),
        Call.json("POST", "/accounts", credentials),
        Call.json("PATCH", "/accounts/{id}", "{\"roles\":[\"query\"],\"disabled\":false}"),
        Call.json("PUT", "/accounts/{id}/password", "{\"new\":\"" + PASSWORD + "\"}"),
        Call.json(
            "PUT",
            "/accounts/me/password",
            "{\"current\":\"" + PASSWORD + "x\",\"new\":\"" + PASSWORD + "\"}"),
        Call.json("POST", "/keys/rotate", "{\"compromised\":false}"),
        Call.json("POST", "/query", "{\"query\":\"select 1\",\"parameters\":{}}"),
        Call.form("/introspect"),
        Call.form("/revoke"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void mutatedBodiesNeverFailTheService(Call call) throws Exception {
    String victim = accountId(signIn(newEmail(), PASSWORD));
    String token = callerWithAllRoles();
    Mutations mutations = new Mutations();
    int refused = 0;
    try (RecordedLog log = new RecordedLog("")) {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] body = mutations.of(call.honest());
        HttpResponse<String> answer = send(call, victim, token, body);
        assertThat(answer.statusCode())
            .as("seed %d, body %s: %s", mutations.seed(), text(body), answer.body())
            .matches(status -> status < 500 || status == 503, "no failure of ours");
        refused += answer.statusCode() / 100 == 2 ? 0 : 1;
      }
      log.assertClean(PASSWORD, REFRESH, EmbeddedStore.SECRET);
    }
    assertThat(refused).as("refused, seed %d", mutations.seed()).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void everyCallThatTakesABodyIsTried() {
    Set<String> written =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.simplejwt")
                .stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .flatMap(type -> Stream.of(type.reflect().getDeclaredMethods()))
                .flatMap(method -> WITH_BODY.stream().flatMap(kind -> name(method, kind).stream()))
                .collect(Collectors.toSet());
    assertThat(calls().map(Call::name)).containsExactlyInAnyOrderElementsOf(written);
  }

  private static Optional<String> name(Method method, Class<? extends Annotation> kind) {
    if (!method.isAnnotationPresent(kind)) {
      return Optional.empty();
    }
    String base = method.getDeclaringClass().getAnnotation(Path.class).value();
    Path further = method.getAnnotation(Path.class);
    String path = further == null ? base : base + "/" + further.value();
    return Optional.of(kind.getSimpleName() + " " + path.replaceAll("/+", "/"));
  }

  @Test
  void refusalsLogNeitherPasswordNorToken() {
    String email = newEmail();
    String token = signIn(email, PASSWORD);
    try (RecordedLog log = new RecordedLog("")) {
      auth(email, PASSWORD + "x").then().statusCode(401);
      given().header("Authorization", "Bearer " + token + "x").get("/contents");
      log.assertClean(PASSWORD, token, EmbeddedStore.SECRET);
    }
  }

  /** But the writer's: a statement could last. */
  private static String callerWithAllRoles() {
    String email = newEmail();
    String id = accountId(signIn(email, PASSWORD));
    as(admin(), Map.of("roles", List.of("admin", "service", "query")))
        .patch("/accounts/" + id)
        .then()
        .statusCode(200);
    return signIn(email, PASSWORD);
  }

  private HttpResponse<String> send(Call call, String victim, String token, byte[] body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(call.path().replace("{id}", victim)))
            .header("Content-Type", call.type())
            .header("Authorization", "Bearer " + token)
            .method(call.method(), BodyPublishers.ofByteArray(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
