package io.simplejwt.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The bodies that {@code /accounts} takes. */
final class AccountRequests {
  private AccountRequests() {}

  @Schema(name = "NewAccount")
  record NewAccount(
      @Schema(required = true, examples = "abc@xyz.com") String email,
      @Schema(required = true, examples = "three unrelated words") String password) {
    @Override
    public String toString() {
      return "NewAccount[***]";
    }
  }

  @Schema(name = "AccountChange", description = "What is absent stays as it is")
  record AccountChange(List<String> roles, Boolean disabled) {}

  @Schema(name = "PasswordReset")
  record PasswordReset(@JsonProperty("new") String newPassword) {
    @Override
    public String toString() {
      return "PasswordReset[***]";
    }
  }
}
