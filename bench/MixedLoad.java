import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * All kinds of calls at a bounded rate for a long time: is every answer the right one, and does the
 * service's memory stay?
 *
 * <p>Each kind has its rate and the one status that is right for it. A call is made when it is due,
 * whether or not those before it were answered. Every ten seconds the process' resident memory is
 * read; the first quarter, in which everything runs for the first time, is not judged. It is growth
 * where the median of the last quarter is above the second's by more than a tenth and 16 MiB.
 *
 * <p>Arguments: address, process id of the service, minutes, email and password of an administrator
 * who may ask {@code POST /query}.
 */
class MixedLoad {
  private static final int PEOPLE = 200;
  private static final String PASSWORD = "umbrella gravel seventeen";
  private static final double TENTH = 1.1;
  private static final double MIB = 1024;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService callers = Executors.newFixedThreadPool(32);
  private final Random random = new Random();
  private final Map<String, LongAdder> right = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> wrong = new ConcurrentHashMap<>();
  private final ConcurrentLinkedDeque<Tokens> sessions = new ConcurrentLinkedDeque<>();
  private final List<Double> memory = new ArrayList<>();
  private final AtomicInteger people = new AtomicInteger();
  private final String address;
  private final Path status;
  private final long seconds;
  private volatile Tokens administrator;
  private final String adminEmail;
  private final String adminPassword;

  private record Tokens(String access, String refresh) {}

  /** One kind of call, so many times a second. */
  private record Kind(String name, double rate, Call call) {}

  private interface Call {
    void make() throws Exception;
  }

  private MixedLoad(String[] arguments) {
    address = arguments[0];
    status = Path.of("/proc", arguments[1], "status");
    seconds = Duration.ofMinutes(Long.parseLong(arguments[2])).toSeconds();
    adminEmail = arguments[3];
    adminPassword = arguments[4];
  }

  public static void main(String[] arguments) throws Exception {
    new MixedLoad(arguments).run();
  }

  private void run() throws Exception {
    administrator = signIn(adminEmail, adminPassword);
    for (int i = 0; i < PEOPLE; i++) {
      signUp();
      sessions.add(signIn(person(i), PASSWORD));
    }
    List<Kind> kinds =
        List.of(
            new Kind("GET /contents", 150, () -> get("/contents", some().access, 200)),
            new Kind("GET /accounts/me", 5, () -> get("/accounts/me", some().access, 200)),
            new Kind("POST /auth", 4, this::signInSomebody),
            new Kind("POST /auth, wrong password", 0.1, this::guess),
            new Kind("POST /auth/refresh", 5, this::refresh),
            new Kind("POST /auth/logout", 2, this::signOut),
            new Kind("POST /accounts", 0.5, this::signUp),
            new Kind("POST /query", 2, this::query),
            new Kind("GET /dashboard/data", 0.2, () -> get("/dashboard/data", administrator.access, 200)),
            new Kind("GET /audit", 0.2, () -> get("/audit", administrator.access, 200)),
            new Kind("no token", 5, () -> get("/contents", "", 401)),
            new Kind("forged token", 5, () -> get("/contents", forged(), 401)),
            new Kind("POST /auth, broken", 5, () -> post("/auth", "{\"email\":", "", 400)));
    long begun = System.nanoTime();
    long[] made = new long[kinds.size()];
    long samples = 0;
    for (double now = 0; now < seconds; now = (System.nanoTime() - begun) / 1e9) {
      for (int i = 0; i < made.length; i++) {
        while (made[i] < now * kinds.get(i).rate) {
          made[i]++;
          Kind kind = kinds.get(i);
          callers.execute(() -> tried(kind));
        }
      }
      if (now >= samples * 10) {
        samples++;
        memory.add(resident());
        administrator = samples % 60 == 0 ? signIn(adminEmail, adminPassword) : administrator;
      }
      LockSupport.parkNanos(5_000_000);
    }
    callers.shutdown();
    report();
  }

  private void tried(Kind kind) {
    try {
      kind.call.make();
      right.computeIfAbsent(kind.name, name -> new LongAdder()).increment();
    } catch (Exception e) {
      wrong.computeIfAbsent(kind.name + ": " + e, name -> new LongAdder()).increment();
    }
  }

  private void report() {
    long answered = right.values().stream().mapToLong(LongAdder::sum).sum();
    right.forEach((kind, count) -> System.out.printf("| %s | %d |%n", kind, count.sum()));
    System.out.printf("| all | %d, %.0f a second |%n", answered, answered / (double) seconds);
    int quarter = memory.size() / 4;
    double early = median(memory.subList(quarter, 2 * quarter));
    double late = median(memory.subList(3 * quarter, memory.size()));
    System.out.printf(
        "%nresident memory: %.0f MiB at the start, median of the second quarter %.0f MiB, of the last %.0f MiB%n",
        memory.get(0), early, late);
    wrong.forEach((kind, count) -> System.out.println("WRONG, " + count + " times: " + kind));
    boolean grows = late > early * TENTH && late > early + 16;
    System.out.println(grows ? "MEMORY GROWS" : "memory does not grow");
    System.exit(grows || !wrong.isEmpty() ? 1 : 0);
  }

  private void signInSomebody() throws Exception {
    sessions.add(signIn(person(random.nextInt(PEOPLE)), PASSWORD));
    if (sessions.size() > 2 * PEOPLE) {
      sessions.poll();
    }
  }

  private void guess() throws Exception {
    post("/auth", credentials(person(random.nextInt(PEOPLE)), "gravel umbrella"), "", 401);
  }

  private void refresh() throws Exception {
    Tokens old = taken();
    sessions.add(tokens(post("/auth/refresh", "{\"refresh_token\":\"" + old.refresh + "\"}", "", 200)));
  }

  private void signOut() throws Exception {
    Tokens old = taken();
    post("/auth/logout", "", old.access, 204);
    get("/contents", old.access, 401);
  }

  private void signUp() throws Exception {
    post("/accounts", credentials(person(people.getAndIncrement()), PASSWORD), "", 201);
  }

  private void query() throws Exception {
    post("/query", "{\"query\":\"select 1 + 1 as two\"}", administrator.access, 200);
  }

  /** A session that goes on. */
  private Tokens some() {
    Tokens next = taken();
    sessions.add(next);
    return next;
  }

  private Tokens taken() {
    Tokens next = sessions.poll();
    while (next == null) { // all of them are being used at this moment
      Thread.onSpinWait();
      next = sessions.poll();
    }
    return next;
  }

  private String forged() {
    String token = some().access;
    char last = token.charAt(token.length() - 3);
    return token.substring(0, token.length() - 3) + (last == 'A' ? 'B' : 'A') + token.substring(token.length() - 2);
  }

  private Tokens signIn(String email, String password) throws Exception {
    return tokens(post("/auth", credentials(email, password), "", 200));
  }

  private static Tokens tokens(String answer) {
    return new Tokens(member(answer, "token"), member(answer, "refresh_token"));
  }

  private static String member(String answer, String name) {
    return answer.replaceAll("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  private static String person(int number) {
    return "person" + number + "@example.org";
  }

  private static String credentials(String email, String password) {
    return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
  }

  private void get(String path, String token, int expected) throws Exception {
    send(request(path, token).GET().build(), expected);
  }

  private String post(String path, String body, String token, int expected) throws Exception {
    HttpRequest.Builder request = request(path, token).POST(BodyPublishers.ofString(body));
    return send((body.isEmpty() ? request : request.header("Content-Type", "application/json")).build(), expected);
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest request, int expected) throws Exception {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IllegalStateException(answer.statusCode() + " in place of " + expected);
    }
    return answer.body();
  }

  private double resident() throws Exception {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / MIB)
        .findFirst()
        .orElseThrow();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
