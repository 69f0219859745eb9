package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two replicas of the packaged service on one PostgreSQL: what ends at one ends at the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicasIT {
  private static final String ADMIN = "root@xyz.com";
  private static final String ADMIN_PASSWORD = "umbrella gravel seventeen";
  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static int databasePort;
  private static EmbeddedPostgres postgres;
  private static ServiceProcess one;
  private static ServiceProcess two;
  private static int people;

  @BeforeAll
  static void start() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      databasePort = free.getLocalPort();
    }
    startPostgres();
    one = replica();
    two = replica();
  }

  @AfterAll
  static void stop() throws Exception {
    one.close();
    two.close();
    postgres.close();
  }

  /** Each way in which a session ends before its time. */
  enum Ending {
    LOGOUT {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        return one.send("POST", "/auth/logout", person.token(), null);
      }
    },
    LOGOUT_BY_REFRESH_TOKEN {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        return one.send("POST", "/auth/logout", null, person.refreshBody());
      }
    },
    ENDED_FROM_ANOTHER_SESSION {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        String other = one.tokenFor(person.email(), person.password());
        return one.send("DELETE", "/accounts/me/sessions", other, null);
      }
    },
    PASSWORD_CHANGED {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        String other = one.tokenFor(person.email(), person.password());
        String body = "{\"current\":\"" + person.password() + "\",\"new\":\"another one\"}";
        return one.send("PUT", "/accounts/me/password", other, body);
      }
    },
    ACCOUNT_DISABLED {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        return one.send("PATCH", person.path(), admin(), "{\"disabled\":true}");
      }
    },
    ROLES_CHANGED {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        return one.send("PATCH", person.path(), admin(), "{\"roles\":[\"query\"]}");
      }
    },
    ACCOUNT_DELETED {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        return one.send("DELETE", "/accounts/me", person.token(), null);
      }
    },
    ACCOUNT_DELETED_BY_ADMINISTRATOR {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        return one.send("DELETE", person.path(), admin(), null);
      }
    },
    PASSWORD_RESET {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        return one.send("PUT", person.path() + "/password", admin(), "{\"new\":\"another one\"}");
      }
    },
    REVOKED {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        Person service = signIn();
        one.send("PATCH", service.path(), admin(), "{\"roles\":[\"service\"]}");
        return one.revoke(person.token(), one.tokenFor(service.email(), service.password()));
      }
    },
    GRANDPARENT_USED_AGAIN {
      @Override
      HttpResponse<String> end(Person person) throws Exception {
        String second = refreshed(one, person.refresh());
        refreshed(one, second);
        HttpResponse<String> reuse = one.send("POST", "/auth/refresh", null, person.refreshBody());
        assertThat(reuse.statusCode()).isEqualTo(401);
        return one.get("/", null);
      }
    };

    abstract HttpResponse<String> end(Person person) throws Exception;
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  @Order(1)
  void sessionThatEndsHereEndsThereWithinTwoSeconds(Ending ending) throws Exception {
    Person person = signIn();
    assertThat(contents(two, person.token())).isEqualTo(200);
    int status = ending.end(person).statusCode();
    long ended = System.nanoTime();
    assertThat(status).isBetween(200, 204);
    assertThat(contents(one, person.token())).isEqualTo(401);
    await(() -> contents(two, person.token()) == 401);
    Duration behind = Duration.ofNanos(System.nanoTime() - ended);
    System.out.printf("%s: the other replica was %d ms behind%n", ending, behind.toMillis());
    assertThat(behind).isLessThan(PROMISED);
  }

  @Test
  @Order(2)
  void refreshTokensAreOneChainForBoth() throws Exception {
    Person person = signIn();
    String child = refreshed(one, person.refresh());
    assertThat(refreshed(two, person.refresh())).isEqualTo(child);
    refreshed(two, child);
  }

  /** The client asks again for what was, perhaps, committed before the replica was killed. */
  @Test
  @Order(3)
  void killInTheMiddleOfRefreshesLosesNobodysSession() throws Exception {
    for (int round = 0; round < 3; round++) {
      Person person = signIn();
      String last = person.refresh();
      ServiceProcess doomed = one;
      Thread killer =
          new Thread(
              () -> {
                try {
                  Thread.sleep(200 + (long) (Math.random() * 100)); // anywhere in the middle
                } catch (InterruptedException e) {
                  return;
                }
                doomed.kill();
              });
      killer.start();
      int refreshes = 0;
      try {
        while (true) {
          last = refreshed(doomed, last);
          refreshes++;
        }
      } catch (IOException killed) {
        last = refreshed(two, last);
        refreshed(two, last);
      }
      System.out.printf("killed after %d refreshes, the session lives%n", refreshes);
      one = replica();
      assertThat(contents(one, two.tokenFor(person.email(), person.password()))).isEqualTo(200);
    }
  }

  @Test
  @Order(4)
  void blindReplicaAnswers503AndHealsByItself() throws Exception {
    Person person = signIn();
    assertThat(ready(one)).isEqualTo(200);
    long gone = System.nanoTime();
    postgres.close();
    assertThat(contents(one, person.token())).isEqualTo(200); // it knows enough for a while
    await(() -> contents(one, person.token()) == 503);
    Duration served = Duration.ofNanos(System.nanoTime() - gone);
    HttpResponse<String> answer = one.get("/contents", person.token());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(answer.body()).contains("urn:simple-jwt-api:problem:unavailable");
    assertThat(one.get("/accounts/me", person.token()).statusCode()).isEqualTo(503);
    assertThat(one.get("/contents", person.token() + "x").statusCode()).isEqualTo(401);
    assertThat(ready(one)).isEqualTo(503);
    assertThat(one.get("/", null).statusCode()).isEqualTo(200);
    long back = System.nanoTime();
    startPostgres();
    await(() -> contents(one, person.token()) == 200 && ready(one) == 200);
    System.out.printf(
        "served for %d ms without the store; healed %d ms after its start began%n",
        served.toMillis(), Duration.ofNanos(System.nanoTime() - back).toMillis());
    assertThat(served).isGreaterThan(Duration.ofSeconds(3));
    await(() -> one.send("POST", "/auth/logout", person.token(), null).statusCode() == 204);
    await(() -> contents(two, person.token()) == 401);
  }

  private static void startPostgres() throws Exception {
    postgres =
        EmbeddedPostgres.builder()
            .setPort(databasePort)
            .setDataDirectory(directory.resolve("postgres"))
            .setCleanDataDirectory(false)
            .start();
  }

  private static ServiceProcess replica() throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("DATABASE_URL", "jdbc:postgresql://localhost:" + databasePort + "/postgres");
    variables.put("DATABASE_USERNAME", "postgres");
    variables.put("DATABASE_PASSWORD", "postgres");
    variables.put("SIGN_UP", "open");
    variables.put("PASSWORD_MIN_LENGTH", "5");
    variables.put("ADMIN_EMAIL", ADMIN);
    variables.put("ADMIN_PASSWORD", ADMIN_PASSWORD);
    variables.put("REVOCATION_MAX_AGE", "5s");
    return ServiceProcess.start(directory, variables);
  }

  private static Person signIn() throws Exception {
    String email = "person" + people++ + "@xyz.com";
    JsonNode answer = ServiceProcess.json(one.signIn(email, "mypwd").body());
    String token = answer.get("token").textValue();
    String account = ServiceProcess.json(one.get("/contents", token).body()).get("sub").textValue();
    return new Person(email, "mypwd", account, token, answer.get("refresh_token").textValue());
  }

  private static String admin() throws Exception {
    return one.tokenFor(ADMIN, ADMIN_PASSWORD);
  }

  private static String refreshed(ServiceProcess service, String refreshToken) throws Exception {
    HttpResponse<String> answer =
        service.send("POST", "/auth/refresh", null, "{\"refresh_token\":\"" + refreshToken + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ServiceProcess.json(answer.body()).get("refresh_token").textValue();
  }

  private static int contents(ServiceProcess service, String token) throws Exception {
    return service.get("/contents", token).statusCode();
  }

  private static int ready(ServiceProcess service) throws Exception {
    return service.management("/q/health/ready").statusCode();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(deadline);
      Thread.sleep(5); // between two looks
    }
  }

  record Person(String email, String password, String account, String token, String refresh) {
    String path() {
      return "/accounts/" + account;
    }

    String refreshBody() {
      return "{\"refresh_token\":\"" + refresh + "\"}";
    }
  }
}
