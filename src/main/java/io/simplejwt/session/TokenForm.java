package io.simplejwt.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@code POST /introspect} and {@code POST /revoke} take; for the description only. */
@Schema(name = "TokenForm")
record TokenForm(
    @Schema(required = true, description = "An access token or a refresh token") String token,
    @Schema(description = "Not needed") @JsonProperty("token_type_hint") String tokenTypeHint) {}
