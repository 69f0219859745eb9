package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** People who sign up, and people who refresh, until the service is killed; and what they hold. */
final class CrashLoad {
  private static final int AT_ONCE = 3;
  private static final String PASSWORD = "mypwd";
  // A refresh that was committed but not answered is answered again for ten seconds
  // (Session.GRACE).
  private static final long GRACE = TimeUnit.SECONDS.toNanos(8);

  private final Set<String> accounts = ConcurrentHashMap.newKeySet();
  private final List<Chain> chains = new ArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger people = new AtomicInteger();
  private final AtomicInteger refreshes = new AtomicInteger();
  private volatile String lastAccount;
  private long killed;

  /** What may be interrupted or fail. */
  interface Step {
    void run() throws Exception;
  }

  /** What a client holds: the newest tokens that it was given. */
  private static final class Chain {
    private String token;
    private String refresh;

    private void take(JsonNode tokens) {
      token = tokens.get("token").textValue();
      refresh = tokens.get("refresh_token").textValue();
    }
  }

  void begin(ServiceProcess service) throws Exception {
    for (int i = 0; i < AT_ONCE; i++) {
      Chain chain = new Chain();
      chain.take(service.tokensFor("refresher" + i + "@xyz.com", PASSWORD));
      chains.add(chain);
    }
  }

  /** Until the kill, which comes after the pause, once there is something to lose. */
  void run(ServiceProcess service, Step pause, Step kill) throws Exception {
    int accountsBefore = accounts.size();
    int refreshesBefore = refreshes.get();
    List<Thread> clients = new ArrayList<>();
    for (Chain chain : chains) {
      clients.add(client(() -> refreshOnce(service, chain)));
      clients.add(client(() -> signUpOnce(service)));
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (faults.isEmpty()
        && (accounts.size() == accountsBefore || refreshes.get() == refreshesBefore)) {
      assertThat(System.nanoTime()).as("something to lose").isLessThan(deadline);
      Thread.sleep(10);
    }
    pause.run();
    killed = System.nanoTime();
    kill.run();
    for (Thread client : clients) {
      client.join();
    }
    assertThat(faults).isEmpty();
  }

  private interface Call {
    boolean succeeds() throws Exception;
  }

  private Thread client(Call call) {
    Thread client =
        new Thread(
            () -> {
              try {
                while (call.succeeds()) {}
              } catch (IOException gone) {
                // The service was killed in the middle of this call.
              } catch (Exception | AssertionError fault) {
                faults.add(fault);
              }
            });
    client.start();
    return client;
  }

  private boolean refreshOnce(ServiceProcess service, Chain chain) throws Exception {
    HttpResponse<String> answer = service.refresh(chain.refresh);
    if (answer.statusCode() == 503) { // the store was killed
      return false;
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    chain.take(ServiceProcess.json(answer.body()));
    refreshes.incrementAndGet();
    return true;
  }

  private boolean signUpOnce(ServiceProcess service) throws Exception {
    String email = "person" + people.incrementAndGet() + "@xyz.com";
    HttpResponse<String> answer = service.signIn(email, PASSWORD);
    if (answer.statusCode() == 503) {
      return false;
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    accounts.add(email);
    lastAccount = email;
    return true;
  }

  /** Every session lives, its newest refresh token works, and the last account signs in. */
  void requireNothingLost(ServiceProcess service) throws Exception {
    boolean inTime = System.nanoTime() - killed < GRACE;
    for (Chain chain : chains) {
      assertThat(service.get("/contents", chain.token).statusCode()).isEqualTo(200);
      if (inTime) {
        HttpResponse<String> answer = service.refresh(chain.refresh);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        chain.take(ServiceProcess.json(answer.body()));
      }
    }
    if (!inTime) { // a machine this slow answers too late for the exchange that was under way
      System.out.println(
          "the start took longer than the grace: only that the sessions live is shown");
      chains.clear();
      begin(service);
    }
    service.tokenFor(lastAccount, PASSWORD);
  }

  Set<String> accounts() {
    return accounts;
  }

  int refreshes() {
    return refreshes.get();
  }
}
