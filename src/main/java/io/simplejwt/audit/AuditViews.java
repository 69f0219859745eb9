package io.simplejwt.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The audit as administrators see it. What is unknown is absent. */
final class AuditViews {
  private AuditViews() {}

  /** The names are the stored ones: a newer release may have written some that are unknown here. */
  @Schema(name = "AuditEntry")
  record Entry(
      String id,
      @Schema(examples = "refusal") String kind,
      @Schema(description = "Why, or what exactly", examples = "wrong password") String detail,
      @Schema(description = "Whom it concerns") String account,
      @Schema(description = "Whose token asked for it") String actor,
      @Schema(examples = "192.0.2.7") String address,
      @JsonProperty("first_at") Instant firstAt,
      @JsonProperty("last_at") Instant lastAt,
      @Schema(description = "How often within that minute") long times) {}

  /**
   * One page, the newest entries first.
   *
   * @param next give it as {@code after} for the next page; null on the last one
   */
  @Schema(name = "AuditPage")
  record Entries(List<Entry> entries, String next) {}

  @Schema(name = "AuditedStatement")
  record Statement(
      String id,
      @JsonProperty("asked_at") Instant askedAt,
      String account,
      @Schema(examples = "192.0.2.7") String address,
      @Schema(description = "read or write") String access,
      @Schema(description = "Without its literals") String statement,
      String outcome,
      long rows,
      long milliseconds) {}

  /**
   * One page, the newest statements first.
   *
   * @param next give it as {@code after} for the next page; null on the last one
   */
  @Schema(name = "AuditedStatementPage")
  record Statements(List<Statement> statements, String next) {}
}
