package io.simplejwt.login;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /auth}. Members that are not listed are ignored. */
@Schema(name = "Credentials")
record Credentials(
    @Schema(required = true, examples = "abc@xyz.com") String email,
    @Schema(required = true, examples = "mypwd") String password) {
  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
