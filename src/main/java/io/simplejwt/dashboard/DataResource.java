package io.simplejwt.dashboard;

import io.simplejwt.account.Role;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.dashboard.DashboardData.Replica;
import io.simplejwt.dashboard.DashboardData.Store;
import io.simplejwt.health.ReleaseConfig;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.ProblemException;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.DatabaseConfig;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /dashboard/data}: the figures of the page, in one answer. */
@Path("/dashboard/data")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATOR)
@Tag(name = "Dashboard")
public class DataResource {
  private static final int DAY = 24;
  private static final int LONGEST = 30 * DAY;

  private final History history;
  private final LiveFigures live;
  private final ReleaseConfig release;
  private final DatabaseConfig postgres;
  private final Clock clock;

  DataResource(
      History history,
      LiveFigures live,
      ReleaseConfig release,
      DatabaseConfig postgres,
      Clock clock) {
    this.history = history;
    this.live = live;
    this.release = release;
    this.postgres = postgres;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "Tells everything that the dashboard shows")
  public DashboardData data(
      @Parameter(description = "How many hours back, 1 to 720, 24 by default") @QueryParam("hours")
          String hours) {
    Optional<DashboardData.History> found = history(hours == null ? DAY : parse(hours));
    return new DashboardData(
        clock.instant(),
        replica(),
        new Store(postgres.url().isPresent() ? "PostgreSQL" : "SQLite", found.isPresent()),
        live.now(),
        found.orElse(null),
        Stream.of(Kind.values()).map(Kind::wireName).toList());
  }

  /** Where the store is away, the rest is all the more interesting. */
  private Optional<DashboardData.History> history(int hours) {
    try {
      return Optional.of(history.of(hours));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  private Replica replica() {
    Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    Instant startedAt = clock.instant().minus(uptime);
    String name = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("");
    return new Replica(name, release.version(), release.commit(), release.color(), startedAt);
  }

  private static int parse(String hours) {
    if (hours.matches("\\d{1,3}")) {
      int number = Integer.parseInt(hours);
      if (number >= 1 && number <= LONGEST) {
        return number;
      }
    }
    throw Problem.of(Reason.INVALID_REQUEST, "hours must be a number from 1 to " + LONGEST)
        .exception();
  }
}
