package io.simplejwt.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An account as the interface shows it. */
@Schema(name = "Account")
record AccountView(
    @Schema(description = "The token's sub", examples = "019aa0c2-55f0-7d3e-9c1b-0f6a5d1e2b3c")
        String id,
    @Schema(examples = "abc@xyz.com") String email,
    @JsonProperty("email_verified") boolean emailVerified,
    @Schema(description = "admin, service, query, query-write") List<String> roles,
    boolean disabled,
    @JsonProperty("created_at") Instant createdAt) {

  static AccountView of(Account account) {
    return new AccountView(
        account.id(),
        account.email().written(),
        account.emailVerified(),
        account.roles().stream().map(Role::wireName).sorted().toList(),
        account.disabled(),
        account.createdAt());
  }

  /**
   * One page, oldest accounts first.
   *
   * @param next give it as {@code after} for the next page; null on the last one
   */
  @Schema(name = "AccountPage")
  record Page(List<AccountView> accounts, String next) {}
}
