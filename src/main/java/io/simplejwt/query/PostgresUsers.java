package io.simplejwt.query;

import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.DatabaseAddress;
import io.simplejwt.setting.Verbatim;
import io.simplejwt.store.DatabaseConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * The users of the query database, by what they are for: {@code QUERY_DATABASE_USERNAME} writes,
 * {@code QUERY_READ_USERNAME} reads. Either may be missing, and so does its role then. A user of
 * the accounts' server cannot be one of them, whatever the database: it could end the service's
 * connections there, or change its own password.
 */
final class PostgresUsers {
  private PostgresUsers() {}

  static Map<Access, PostgresUser> of(String url, QueryConfig config, DatabaseConfig accounts) {
    requireAddress(url);
    Map<Access, PostgresUser> users = new EnumMap<>(Access.class);
    for (Access access : Access.values()) {
      name(access)
          .ifPresent(
              name ->
                  users.put(
                      access,
                      new PostgresUser(
                          access,
                          url,
                          name,
                          password(access).orElse(""),
                          config.timeout(),
                          config.maxBytes())));
    }
    requireUsersOfTheirOwn(users, accounts);
    return users;
  }

  private static Optional<String> name(Access access) {
    return access == Access.READ
        ? Verbatim.read("QUERY_READ_USERNAME")
        : Verbatim.read("QUERY_DATABASE_USERNAME");
  }

  private static Optional<String> password(Access access) {
    return access == Access.READ
        ? Verbatim.read("QUERY_READ_PASSWORD")
        : Verbatim.read("QUERY_DATABASE_PASSWORD");
  }

  /** Never repeats the address, as for DATABASE_URL. */
  private static void requireAddress(String url) {
    if (!DatabaseAddress.isGood(url)) {
      throw new BadSetting(
          "QUERY_DATABASE_URL",
          "is not a PostgreSQL address, or carries a user or a password",
          "use the form jdbc:postgresql://host:5432/database, with QUERY_DATABASE_USERNAME or"
              + " QUERY_READ_USERNAME beside it");
    }
    PostgresUser.settingOfOurs(url)
        .ifPresent(
            setting -> {
              throw new BadSetting(
                  "QUERY_DATABASE_URL", "sets " + setting, "leave that to the service");
            });
  }

  private static void requireUsersOfTheirOwn(
      Map<Access, PostgresUser> users, DatabaseConfig accounts) {
    List<PostgresUser> all = new ArrayList<>(users.values());
    if (all.isEmpty()) {
      throw new BadSetting(
          "QUERY_DATABASE_URL",
          "has no user",
          "set QUERY_READ_USERNAME, QUERY_DATABASE_USERNAME or both");
    }
    if (all.size() == 2 && all.get(0).name().equals(all.get(1).name())) {
      throw new BadSetting(
          "QUERY_READ_USERNAME",
          "is the user who writes, too",
          "make a user who may only select, or leave the variable out");
    }
    Optional<String> owner = Verbatim.read("DATABASE_USERNAME");
    for (PostgresUser user : all) {
      boolean sameServer = accounts.url().filter(url -> sameServer(url, user.url())).isPresent();
      if (sameServer && owner.filter(user.name()::equals).isPresent()) {
        throw new BadSetting(
            user.variable(), "is the accounts' user, too", "make a user of its own for this");
      }
    }
  }

  private static boolean sameServer(String one, String other) {
    Properties first = Driver.parseURL(one, new Properties());
    Properties second = Driver.parseURL(other, new Properties());
    return first != null
        && second != null
        && first.getProperty("PGHOST").equals(second.getProperty("PGHOST"))
        && first.getProperty("PGPORT").equals(second.getProperty("PGPORT"));
  }
}
