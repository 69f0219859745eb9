package io.simplejwt.query;

import io.simplejwt.audit.Origin;
import java.util.Objects;

/** Who asks, as the record of the statement tells. */
public record Caller(Origin origin, Access access) {
  public Caller {
    Objects.requireNonNull(origin);
    Objects.requireNonNull(access);
  }
}
