package io.simplejwt.token;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The root secrets.
 *
 * @param current {@code JWT_SECRET}: signs, or encrypts what signs
 * @param others {@code JWT_VERIFY_SECRETS}: verify, or decrypt
 */
record Secrets(String current, List<String> others) {
  Secrets {
    Objects.requireNonNull(current);
    others = List.copyOf(others);
  }

  /** The current one first. */
  Stream<String> all() {
    return Stream.concat(Stream.of(current), others.stream());
  }

  @Override
  public String toString() {
    return "Secrets[***]";
  }
}
