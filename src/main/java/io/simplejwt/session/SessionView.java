package io.simplejwt.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A session as its owner and administrators see it. */
@Schema(name = "Session")
record SessionView(
    @Schema(description = "The token's sid", examples = "019aa0c2-55f0-7d3e-9c1b-0f6a5d1e2b3c")
        String id,
    @Schema(description = "Whether it is the one that asks") boolean current,
    @JsonProperty("created_at") Instant createdAt,
    @Schema(description = "The sign-in or the last refresh") @JsonProperty("last_used_at")
        Instant lastUsedAt,
    @Schema(description = "From where that was", examples = "192.0.2.7") String address,
    @JsonProperty("expires_at") Instant expiresAt) {

  /** The most that one answer lists. */
  static final int MOST = 100;

  static SessionView of(Session session, String currentId) {
    return new SessionView(
        session.id(),
        session.id().equals(currentId),
        session.createdAt(),
        session.use().at(),
        session.use().address(),
        session.expiresAt());
  }

  @Schema(name = "SessionList")
  record All(List<SessionView> sessions) {}
}
