package io.simplejwt.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /auth/refresh} and {@code POST /auth/logout}. */
@Schema(name = "RefreshToken")
record RefreshRequest(@Schema(required = true) @JsonProperty("refresh_token") String refreshToken) {
  @Override
  public String toString() {
    return "RefreshRequest[***]";
  }
}
