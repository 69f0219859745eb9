import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Does a flood of sign-ins make {@code GET /contents} slow?
 *
 * <p>A probe asks 100 times a second, whether or not the one before was answered, and counts from
 * the moment at which it was due, so that waiting is not hidden. First while nothing else happens,
 * then while {@value #CLIENTS} clients sign in with the right password, all at once, and again as
 * soon as they are answered. A round fails where a probe fails, or where the 99th percentile is
 * above 3 times the calm one and above 20 ms. Five failed rounds are a failure.
 *
 * <p>Arguments: address, email and password of an account, and how many rounds instead of five.
 */
class Flood {
  private static final int ROUNDS = 5;
  private static final int CLIENTS = 200;
  private static final int SECONDS = 15;
  private static final int RATE = 100;

  private final HttpClient probes =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpClient clients =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest signIn;
  private final HttpRequest contents;

  private Flood(String address, String email, String password) throws Exception {
    String body = "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
    signIn =
        HttpRequest.newBuilder(URI.create(address + "/auth"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    String answer = probes.send(signIn, BodyHandlers.ofString()).body();
    String token = answer.replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
    contents =
        HttpRequest.newBuilder(URI.create(address + "/contents"))
            .header("Authorization", "Bearer " + token)
            .build();
  }

  public static void main(String[] arguments) throws Exception {
    Flood flood = new Flood(arguments[0], arguments[1], arguments[2]);
    flood.probe(SECONDS); // until everything has run often
    flood.during(2);
    int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : ROUNDS;
    for (int round = 1; round <= rounds; round++) {
      try {
        if (flood.isCalm(round)) {
          return;
        }
      } catch (CompletionException failed) {
        System.out.printf("round %d: FAILED: %s%n", round, failed.getCause());
      }
    }
    System.err.println("A flood of sign-ins makes /contents slow.");
    System.exit(1);
  }

  private boolean isCalm(int round) throws Exception {
    List<Double> calm = probe(SECONDS);
    Result flooded = during(SECONDS);
    double bound = Math.max(3 * percentile(calm, 99), 20);
    double p99 = percentile(flooded.probes, 99);
    boolean isGood = p99 <= bound;
    System.out.printf(
        "round %d: /contents calm p50 %.2f ms, p99 %.2f ms; in a flood of %d p50 %.2f ms, p99 %.2f ms,"
            + " allowed %.1f ms: %s; sign-ins in %d s by status: %s%n",
        round,
        percentile(calm, 50),
        percentile(calm, 99),
        CLIENTS,
        percentile(flooded.probes, 50),
        p99,
        bound,
        isGood ? "good" : "TOO SLOW",
        SECONDS,
        flooded.answers);
    return isGood && flooded.answers.getOrDefault(200, 0) > 0;
  }

  private Result during(int seconds) throws Exception {
    Map<Integer, AtomicInteger> answers = new ConcurrentSkipListMap<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<CompletableFuture<Void>> storm = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      storm.add(again(answers, end));
    }
    List<Double> times = probe(seconds);
    storm.forEach(CompletableFuture::join);
    Map<Integer, Integer> counts = new TreeMap<>();
    answers.forEach((status, count) -> counts.put(status, count.get()));
    return new Result(times, counts);
  }

  private CompletableFuture<Void> again(Map<Integer, AtomicInteger> answers, long end) {
    return clients
        .sendAsync(signIn, BodyHandlers.discarding())
        .thenCompose(
            answer -> {
              answers
                  .computeIfAbsent(answer.statusCode(), status -> new AtomicInteger())
                  .incrementAndGet();
              return System.nanoTime() < end
                  ? again(answers, end)
                  : CompletableFuture.completedFuture(null);
            });
  }

  /** Milliseconds from when each was due. */
  private List<Double> probe(int seconds) {
    List<CompletableFuture<Double>> times = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < seconds * RATE; i++) {
      long due = begun + i * (TimeUnit.SECONDS.toNanos(1) / RATE);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      times.add(
          probes
              .sendAsync(contents, BodyHandlers.discarding())
              .thenApply(
                  answer -> {
                    if (answer.statusCode() != 200) {
                      throw new IllegalStateException("/contents: " + answer.statusCode());
                    }
                    return (System.nanoTime() - due) / 1e6;
                  }));
    }
    return times.stream().map(CompletableFuture::join).toList();
  }

  private static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  private record Result(List<Double> probes, Map<Integer, Integer> answers) {}
}
