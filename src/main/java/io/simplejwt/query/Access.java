package io.simplejwt.query;

import io.simplejwt.account.Role;
import java.util.Set;

/** What a caller may do to the database. */
public enum Access {
  READ,
  WRITE;

  /** By the roles of a token that has one of the two. */
  public static Access of(Set<String> roles) {
    return roles.contains(Role.WRITER) ? WRITE : READ;
  }
}
