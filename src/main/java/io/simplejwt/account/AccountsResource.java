package io.simplejwt.account;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.simplejwt.account.AccountRequests.AccountChange;
import io.simplejwt.account.AccountRequests.NewAccount;
import io.simplejwt.account.AccountRequests.PasswordReset;
import io.simplejwt.account.HashingGate.Place;
import io.simplejwt.audit.Audit;
import io.simplejwt.audit.AuditEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.simplejwt.audit.Origin;
import io.simplejwt.problem.Parameters;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import io.simplejwt.store.PageRequest;
import io.simplejwt.store.PageRequest.Page;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /accounts}: making accounts, and what administrators do with them. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/accounts")
@Tag(name = "Accounts")
public class AccountsResource {
  private final Accounts accounts;
  private final HashingGate gate;
  private final SignUpConfig signUp;
  private final SecurityIdentity caller;
  private final Audit audit;

  AccountsResource(
      Accounts accounts,
      HashingGate gate,
      SignUpConfig signUp,
      SecurityIdentity caller,
      Audit audit) {
    this.accounts = accounts;
    this.gate = gate;
    this.signUp = signUp;
    this.caller = caller;
    this.audit = audit;
  }

  @POST
  @PermitAll
  @Operation(summary = "Makes an account", description = "Open to all only where SIGN_UP=open")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AccountView.class)))
  public Response create(NewAccount body, @Context RoutingContext context) {
    boolean byAdministrator = caller.hasRole(Role.ADMINISTRATOR);
    if (!byAdministrator && !signUp.open()) {
      throw notAllowed(context);
    }
    Parameters.requireBody(body);
    Parameters.require("email", body.email());
    Parameters.require("password", body.password());
    Email email = Email.parse(body.email()).orElseThrow(AccountsResource::notAnEmail);
    try (Place place = gate.enter()) {
      Account account =
          accounts
              .create(email, body.password(), Set.of(), byAdministrator, place, origin(context))
              .orElseThrow(AccountsResource::taken)
              .account();
      return Response.created(URI.create("/accounts/" + account.id()))
          .entity(AccountView.of(account))
          .build();
    }
  }

  /** Audited here: no annotation knows whether sign-up is open. */
  private RuntimeException notAllowed(RoutingContext context) {
    if (caller.isAnonymous()) {
      return new UnauthorizedException();
    }
    Optional<String> account = Optional.of(caller.getPrincipal().getName());
    audit.refused(new AuditEvent(Kind.REFUSAL, account, "role missing", origin(context)));
    return new ForbiddenException();
  }

  @GET
  @RolesAllowed(Role.ADMINISTRATOR)
  @Operation(summary = "Lists the accounts, oldest first, page by page; or the one of an email")
  public AccountView.Page list(
      @QueryParam("email") String email,
      @Parameter(description = "The last page's \"next\"") @QueryParam("after") String after,
      @Parameter(description = "1 to 500, 50 by default") @QueryParam("limit") String limit) {
    PageRequest request = PageRequest.of(after, limit);
    if (email != null) {
      Email wanted = Email.parse(email).orElseThrow(AccountsResource::notAnEmail);
      return new AccountView.Page(
          accounts.passwordOf(wanted).map(StoredPassword::account).stream()
              .map(AccountView::of)
              .toList(),
          null);
    }
    Page<Account> page = request.page(accounts.page(request), Account::id);
    return new AccountView.Page(
        page.rows().stream().map(AccountView::of).toList(), page.next().orElse(null));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Role.ADMINISTRATOR)
  @Operation(summary = "Shows an account")
  public AccountView show(@PathParam("id") String id) {
    return AccountView.of(accounts.get(id));
  }

  @PATCH
  @Path("/{id}")
  @RolesAllowed(Role.ADMINISTRATOR)
  @Operation(
      summary = "Sets an account's roles, disables or enables it",
      description = "Ends its sessions where it changes anything")
  public AccountView change(
      @PathParam("id") String id, AccountChange body, @Context RoutingContext context) {
    Parameters.requireBody(body);
    return AccountView.of(
        accounts.change(
            id,
            Optional.ofNullable(body.roles()).map(AccountsResource::roles),
            Optional.ofNullable(body.disabled()),
            origin(context)));
  }

  @PUT
  @Path("/{id}/password")
  @RolesAllowed(Role.ADMINISTRATOR)
  @Operation(summary = "Sets an account's password", description = "Ends its sessions")
  public void resetPassword(
      @PathParam("id") String id, PasswordReset body, @Context RoutingContext context) {
    Parameters.requireBody(body);
    Parameters.require("new", body.newPassword());
    try (Place place = gate.enter()) {
      accounts.resetPassword(id, body.newPassword(), place, origin(context));
    }
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Role.ADMINISTRATOR)
  @Operation(summary = "Deletes an account", description = "Ends its sessions")
  public void delete(@PathParam("id") String id, @Context RoutingContext context) {
    accounts.delete(id, origin(context));
  }

  /** Anybody may sign up: then nobody's token asks. */
  private Origin origin(RoutingContext context) {
    Origin origin = Origin.of(context);
    return caller.isAnonymous() ? origin : origin.by(caller.getPrincipal().getName());
  }

  private static Set<Role> roles(List<String> names) {
    return names.stream()
        .map(name -> Role.parse(name).orElseThrow(AccountsResource::unknownRole))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static RuntimeException unknownRole() {
    return Problem.of(Reason.INVALID_REQUEST, "roles may hold " + Role.allNames()).exception();
  }

  static RuntimeException notAnEmail() {
    return Problem.of(
            Reason.INVALID_EMAIL,
            "An email has one @ with something on both sides and 254 characters at most")
        .exception();
  }

  private static RuntimeException taken() {
    return Problem.of(Reason.EMAIL_TAKEN, "Sign in, or use another email").exception();
  }
}
