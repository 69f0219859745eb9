package io.simplejwt.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer to a sign-in or a refresh (RFC 6749 §5.1, with {@code token} in place of {@code
 * access_token}).
 *
 * @param expiresIn seconds
 * @param refreshExpiresIn seconds
 */
@Schema(name = "Token")
public record TokenAnswer(
    @Schema(description = "A JSON Web Token, for the header Authorization: Bearer") String token,
    @Schema(examples = "Bearer") @JsonProperty("token_type") String tokenType,
    @Schema(description = "Seconds", examples = "3600") @JsonProperty("expires_in") long expiresIn,
    @Schema(description = "For POST /auth/refresh; good for one use") @JsonProperty("refresh_token")
        String refreshToken,
    @Schema(description = "Seconds without a refresh", examples = "259200")
        @JsonProperty("refresh_expires_in")
        long refreshExpiresIn) {
  public TokenAnswer {
    Objects.requireNonNull(token);
    Objects.requireNonNull(tokenType);
    Objects.requireNonNull(refreshToken);
  }

  @Override
  public String toString() {
    return "TokenAnswer[***]";
  }
}
