package io.simplejwt.setting;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why the service did not start: one line for what an operator can mend. */
public final class StartFailure {
  private static final Pattern UNCONVERTIBLE =
      Pattern.compile(
          "The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst"
              + " being converted (.*)",
          Pattern.DOTALL);
  private static final Pattern EMPTY =
      Pattern.compile("The config property (\\S+) is defined as the empty String");
  private static final Pattern MANAGEMENT =
      Pattern.compile("^Unable to start the management interface on \\S*:(\\d+)$");
  private static final Pattern DURATION =
      Pattern.compile("(lifetime|idle|age|retention|rotation|timeout)$");
  private static final Pattern ALLOWED = Pattern.compile("allowed values: (.*)", Pattern.DOTALL);

  private StartFailure() {}

  /** Prints the reason; with a stack trace only where it is nothing that a setting could mend. */
  public static void tell(Throwable failure, PrintStream out) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigValidationException invalid) {
        out.println("simple-jwt-api does not start. " + inOurWords(invalid));
        return;
      }
      if (cause instanceof ConfigurationException) {
        out.println("simple-jwt-api does not start. " + cause.getMessage());
        return;
      }
      Optional<String> port = takenPort(cause);
      if (port.isPresent()) {
        out.println(
            "simple-jwt-api does not start. Port "
                + port.get()
                + " is taken: set PORT or MANAGEMENT_PORT to a free one, or stop what listens"
                + " there");
        return;
      }
    }
    failure.printStackTrace(out);
  }

  /** The framework has an exception for the port of the interface, and none for the other one. */
  private static Optional<String> takenPort(Throwable cause) {
    if (cause instanceof QuarkusBindException taken) {
      return Optional.of(String.valueOf(taken.getPort()));
    }
    Matcher management = MANAGEMENT.matcher(String.valueOf(cause.getMessage()));
    return cause instanceof IllegalStateException && management.find()
        ? Optional.of(management.group(1))
        : Optional.empty();
  }

  private static String inOurWords(ConfigValidationException invalid) {
    String message = invalid.getProblem(0).getMessage();
    Matcher unconvertible = UNCONVERTIBLE.matcher(message);
    if (unconvertible.find()) {
      return variable(unconvertible.group(1))
          + " is \""
          + unconvertible.group(2)
          + "\": "
          + remedy(unconvertible.group(1), unconvertible.group(3));
    }
    Matcher empty = EMPTY.matcher(message);
    if (empty.find()) {
      return variable(empty.group(1)) + " is empty: give it a value, or remove it";
    }
    return message.replaceAll("\\s+", " ");
  }

  private static String remedy(String property, String complaint) {
    Matcher allowed = ALLOWED.matcher(complaint);
    if (allowed.find()) {
      return "use one of " + allowed.group(1).replace(",", ", ");
    }
    if (DURATION.matcher(property).find()) {
      return "use a number and a unit, as in 30s, 15m, 1h or 14d";
    }
    return "use a whole number";
  }

  /** {@code jwt.lifetime} is set by {@code JWT_LIFETIME}. */
  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
