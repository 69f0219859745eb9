package io.simplejwt.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer to a sign-in (RFC 6750 §4, with {@code token} in place of {@code access_token}).
 *
 * @param expiresIn seconds
 */
@Schema(name = "Token")
record TokenAnswer(
    @Schema(description = "A JSON Web Token, for the header Authorization: Bearer") String token,
    @Schema(examples = "Bearer") @JsonProperty("token_type") String tokenType,
    @Schema(description = "Seconds", examples = "3600") @JsonProperty("expires_in")
        long expiresIn) {
  @Override
  public String toString() {
    return "TokenAnswer[***]";
  }
}
