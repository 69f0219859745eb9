package io.simplejwt.audit;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.simplejwt.audit.AuditEvent.Kind;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Who asked for what their roles do not allow: told here for every call at once. */
@ApplicationScoped
class RoleRefusals {
  private final Audit audit;

  RoleRefusals(Audit audit) {
    this.audit = audit;
  }

  /** Whoever has no good token is nobody yet. */
  void refused(@Observes AuthorizationFailureEvent event) {
    SecurityIdentity caller = event.getSecurityIdentity();
    Object request = event.getEventProperties().get(RoutingContext.class.getName());
    if (caller == null || caller.isAnonymous() || !(request instanceof RoutingContext context)) {
      return;
    }
    String account = caller.getPrincipal().getName();
    Origin origin = Origin.of(context).by(account);
    audit.refused(new AuditEvent(Kind.REFUSAL, Optional.of(account), "role missing", origin));
  }
}
