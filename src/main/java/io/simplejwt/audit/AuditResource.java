package io.simplejwt.audit;

import io.simplejwt.audit.AuditViews.Entries;
import io.simplejwt.audit.AuditViews.Entry;
import io.simplejwt.audit.AuditViews.Statement;
import io.simplejwt.audit.AuditViews.Statements;
import io.simplejwt.store.PageRequest;
import io.simplejwt.store.PageRequest.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /audit}: what happened, for administrators. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin") // account's, which this package does not know
@Tag(name = "Audit")
public class AuditResource {
  private static final String TIME = "As in 2026-11-21T12:00:00Z";

  private final AuditPageStore store;

  AuditResource(AuditPageStore store) {
    this.store = store;
  }

  @GET
  @Operation(summary = "Lists what happened and what was refused, newest first, page by page")
  public Entries entries(
      @Parameter(description = "Whom it concerns, by id") @QueryParam("account") String account,
      @Parameter(description = "As in refusal") @QueryParam("kind") String kind,
      @Parameter(description = TIME) @QueryParam("from") String from,
      @Parameter(description = TIME + ", not included") @QueryParam("to") String to,
      @Parameter(description = "The last page's \"next\"") @QueryParam("after") String after,
      @Parameter(description = "1 to 500, 50 by default") @QueryParam("limit") String limit) {
    AuditFilter filter = AuditFilter.of(account, kind, from, to);
    PageRequest request = PageRequest.of(after, limit);
    Page<Entry> page = request.page(store.entries(filter, request), Entry::id);
    return new Entries(page.rows(), page.next().orElse(null));
  }

  @GET
  @Path("/statements")
  @Operation(summary = "Lists the statements of POST /query, newest first, page by page")
  public Statements statements(
      @Parameter(description = "Who asked, by id") @QueryParam("account") String account,
      @Parameter(description = TIME) @QueryParam("from") String from,
      @Parameter(description = TIME + ", not included") @QueryParam("to") String to,
      @Parameter(description = "The last page's \"next\"") @QueryParam("after") String after,
      @Parameter(description = "1 to 500, 50 by default") @QueryParam("limit") String limit) {
    AuditFilter filter = AuditFilter.of(account, null, from, to);
    PageRequest request = PageRequest.of(after, limit);
    Page<Statement> page = request.page(store.statements(filter, request), Statement::id);
    return new Statements(page.rows(), page.next().orElse(null));
  }
}
