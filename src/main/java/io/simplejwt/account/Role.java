package io.simplejwt.account;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an account may do beyond reading its own; in the token's {@code groups}. */
public enum Role {
  /** Manages accounts. */
  ADMIN,
  /** Another service, which may ask about tokens. */
  SERVICE,
  /** Reads by {@code POST /query}. */
  QUERY,
  /** Reads and writes by {@code POST /query}. */
  QUERY_WRITE;

  /** For {@code @RolesAllowed}, which wants constants. */
  public static final String ADMINISTRATOR = "admin";

  public static final String OTHER_SERVICE = "service";
  public static final String READER = "query";
  public static final String WRITER = "query-write";

  /** The name in tokens and in the interface, as in {@code query-write}. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Role> parse(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }

  static String allNames() {
    return Arrays.stream(values()).map(Role::wireName).collect(Collectors.joining(", "));
  }
}
