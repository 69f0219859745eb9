package io.simplejwt.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.simplejwt.store.TimeOrderedId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A line of a file to import. What is wrong with it is told without any of its content: there are
 * hashes in it. A member that is not known is refused: misspelt, it would be left out unnoticed.
 */
record ImportLine(
    String email,
    @JsonProperty("password_hash") String passwordHash,
    List<String> roles,
    Boolean disabled,
    @JsonProperty("email_verified") Boolean emailVerified) {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build()
          .readerFor(ImportLine.class);

  /** Fails with what is wrong, to be put behind the line's number. */
  static ImportLine parse(String text) {
    try {
      ImportLine line = JSON.readValue(text);
      if (line == null) { // the word null is JSON
        throw noObject(null);
      }
      return line;
    } catch (UnrecognizedPropertyException e) {
      throw new IllegalArgumentException(
          "has a member that is none of email, password_hash, roles, disabled, email_verified", e);
    } catch (JsonProcessingException e) {
      throw noObject(e);
    }
  }

  private static IllegalArgumentException noObject(Throwable cause) {
    return new IllegalArgumentException(
        "is not a JSON object with the members as README has them", cause);
  }

  Account account(Instant now) {
    if (email == null || passwordHash == null) {
      throw new IllegalArgumentException("needs the members email and password_hash");
    }
    return new Account(
        TimeOrderedId.at(now),
        Email.parse(email)
            .orElseThrow(() -> new IllegalArgumentException("has an email that is none")),
        Boolean.TRUE.equals(emailVerified),
        parsedRoles(),
        Boolean.TRUE.equals(disabled),
        0,
        now.truncatedTo(ChronoUnit.SECONDS));
  }

  /** As it is stored: checked, and marked as not made here. */
  String hash() {
    ImportedHash.parse(passwordHash);
    return ImportedHash.MARK + passwordHash;
  }

  private Set<Role> parsedRoles() {
    return roles == null
        ? Set.of()
        : roles.stream()
            .map(
                name ->
                    Role.parse(name)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "has a role that is none of " + Role.allNames())))
            .collect(Collectors.toSet());
  }

  @Override
  public String toString() {
    return "ImportLine[***]";
  }
}
