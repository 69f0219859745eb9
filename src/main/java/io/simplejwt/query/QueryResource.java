package io.simplejwt.query;

import io.simplejwt.account.Role;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.Parameters;
import io.simplejwt.query.Outcome.Refused;
import io.simplejwt.query.Outcome.Rows;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /query}: one SQL statement for its rows. */
@Path("/query")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Query")
public class QueryResource {
  private final Queries queries;
  private final ManagedExecutor workers;
  private final JsonWebToken token;

  QueryResource(Queries queries, ManagedExecutor workers, JsonWebToken token) {
    this.queries = queries;
    this.workers = workers;
    this.token = token;
  }

  /** On the event loop until a place is taken, so that refusals stay cheap. */
  @POST
  @NonBlocking
  @RolesAllowed({Role.READER, Role.WRITER})
  @Operation(
      summary = "Runs one SQL statement",
      description =
          "Role query reads, role query-write writes too. The result is an array of rows, or \"OK\""
              + " for a statement that has no columns")
  public CompletionStage<Response> query(QueryRequest body, @Context RoutingContext context) {
    Parameters.requireBody(body);
    Parameters.require("query", body.query());
    Caller caller =
        new Caller(Origin.of(context).by(token.getSubject()), Access.of(token.getGroups()));
    long begun = System.nanoTime();
    QueryCall call = queries.begin(caller);
    context.addEndHandler(
        ended -> {
          if (ended.failed()) { // the connection closed before the answer
            call.abandon();
          }
        });
    try {
      return workers
          .supplyAsync(() -> run(call, body))
          .thenApply(outcome -> answer(outcome, System.nanoTime() - begun));
    } catch (RejectedExecutionException e) {
      call.close();
      throw e;
    }
  }

  /** The place is given back where the work ends, not where the call does. */
  private static Outcome run(QueryCall call, QueryRequest body) {
    try (call) {
      return call.run(body.query(), body.parameters());
    }
  }

  private static Response answer(Outcome outcome, long nanos) {
    if (outcome instanceof Refused refused) {
      throw refused.problem().exception();
    }
    return Response.ok(outcome instanceof Rows rows ? json(rows, nanos) : "{\"result\": \"OK\"}")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** No row: nothing beside the empty result, as the clients of old know it. */
  private static Buffer json(Rows rows, long nanos) {
    Buffer json = Buffer.buffer("{\"result\": ").appendBytes(rows.json());
    if (rows.count() > 0) {
      json.appendString(
          ", \"count\": %d, \"cut\": %b, \"milliseconds\": %d"
              .formatted(rows.count(), rows.cut(), nanos / 1_000_000));
    }
    return json.appendString("}");
  }
}
