import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * Does the time of a refusal tell whether there is an account?
 *
 * <p>A sample is a pair, asked one after the other in random order: a wrong password for an account,
 * and the same one for an email that nobody ever used. The figure is the median of the pairs'
 * differences; its standard error comes from a bootstrap, 2,000 samples drawn anew. A round finds
 * something where the median is beyond 4 standard errors and beyond 2 % of what a refusal takes: less
 * nobody can see over a network with the ten guesses that an email has. Three rounds that find
 * something with the same sign are a failure. By chance one of 16,000 rounds finds something.
 *
 * <p>Arguments: address, email and password of an administrator, who makes the accounts.
 */
class Timing {
  private static final int ROUNDS = 3;
  private static final int ACCOUNTS = 50;
  private static final int GUESSES = 8; // fewer than the ones after which an email has to wait
  private static final double ERRORS = 4;
  private static final double SHARE = 0.02;
  private static final String RIGHT = "umbrella gravel seventeen";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Random random = new Random();
  private final String address;
  private final String token;
  private int people;

  private Timing(String address, String email, String password) throws Exception {
    this.address = address;
    String answer = post("/auth", body(email, password), "", 200);
    this.token = answer.replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
  }

  public static void main(String[] arguments) throws Exception {
    Timing timing = new Timing(arguments[0], arguments[1], arguments[2]);
    timing.pairs(5); // what runs for the first time takes longer
    int found = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      int finding = timing.round(round);
      if (finding == 0) {
        return;
      }
      found += finding;
    }
    if (Math.abs(found) == ROUNDS) {
      System.err.println("An unknown email takes another time than a wrong password.");
      System.exit(1);
    }
  }

  /** 0, or the sign of what it found. */
  private int round(int round) throws Exception {
    List<double[]> pairs = pairs(ACCOUNTS);
    double[] differences = pairs.stream().mapToDouble(pair -> pair[0] - pair[1]).toArray();
    double wrong = median(pairs.stream().mapToDouble(pair -> pair[0]).toArray());
    double unknown = median(pairs.stream().mapToDouble(pair -> pair[1]).toArray());
    double difference = median(differences);
    double error = standardError(differences);
    double bound = Math.max(ERRORS * error, SHARE * wrong);
    boolean found = Math.abs(difference) > bound;
    System.out.printf(
        "round %d, %d pairs: wrong password %.2f ms, unknown email %.2f ms; median difference %+.3f ms,"
            + " standard error %.3f ms, allowed %.3f ms: %s%n",
        round, pairs.size(), wrong, unknown, difference, error, bound, found ? "FOUND" : "none");
    return found ? (int) Math.signum(difference) : 0;
  }

  private List<double[]> pairs(int accounts) throws Exception {
    List<String> emails = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      emails.add(newEmail());
      post("/accounts", body(emails.get(i), RIGHT), token, 201);
    }
    List<double[]> pairs = new ArrayList<>();
    for (int guess = 0; guess < GUESSES; guess++) {
      for (String email : emails) {
        boolean unknownFirst = random.nextBoolean();
        double unknown = unknownFirst ? refusal(newEmail()) : 0;
        double wrong = refusal(email);
        pairs.add(new double[] {wrong, unknownFirst ? unknown : refusal(newEmail())});
      }
    }
    return pairs;
  }

  private String newEmail() {
    return "person" + people++ + "@example.org";
  }

  private double refusal(String email) throws Exception {
    String body = body(email, "gravel umbrella seventeen");
    long begun = System.nanoTime();
    post("/auth", body, "", 401);
    return (System.nanoTime() - begun) / 1e6;
  }

  private String post(String path, String body, String bearer, int expected) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IllegalStateException(path + " answered " + answer.statusCode() + answer.body());
    }
    return answer.body();
  }

  private static String body(String email, String password) {
    return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
  }

  private double standardError(double[] values) {
    double[] medians = new double[2000];
    IntUnaryOperator any = ignored -> random.nextInt(values.length);
    for (int i = 0; i < medians.length; i++) {
      double[] drawn = new double[values.length];
      Arrays.setAll(drawn, j -> values[any.applyAsInt(j)]);
      medians[i] = median(drawn);
    }
    double mean = Arrays.stream(medians).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(medians).map(m -> (m - mean) * (m - mean)).sum() / (medians.length - 1));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
