package io.simplejwt.store;

import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import io.simplejwt.setting.Verbatim;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;

/** Hands PostgreSQL's password to the pool without configuration expanding a {@code $} in it. */
@ApplicationScoped
@Unremovable
@Named("database")
public class DatabaseCredentials implements CredentialsProvider {
  @Override
  public Map<String, String> getCredentials(String provider) {
    Map<String, String> credentials = new HashMap<>();
    Verbatim.read("DATABASE_USERNAME").ifPresent(user -> credentials.put(USER_PROPERTY_NAME, user));
    Verbatim.read("DATABASE_PASSWORD")
        .ifPresent(password -> credentials.put(PASSWORD_PROPERTY_NAME, password));
    return credentials;
  }
}
