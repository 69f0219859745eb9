package io.simplejwt.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** A user of the query database, and how the driver speaks for it. */
record PostgresUser(
    Access access, String url, String name, String password, Duration timeout, int maxBytes) {
  private static final int GRACE_SECONDS = 5;
  private static final int CONNECT_SECONDS = 3;

  /** A text goes out as it is and as one statement; a value comes as PostgreSQL writes it. */
  private static final Map<String, String> RULES =
      Map.of(
          "preferQueryMode", "extended",
          "autosave", "never",
          "readOnlyMode", "ignore", // Lease says it in words
          "stringtype", "unspecified",
          "binaryTransfer", "false",
          "prepareThreshold", "0", // DISCARD ALL would forget what was prepared
          "options", "-c IntervalStyle=iso_8601",
          "ApplicationName", "simple-jwt-api query");

  /** One of the driver's settings that are ours and stand in the address, which would win. */
  static Optional<String> settingOfOurs(String url) {
    Properties given = Driver.parseURL(url, new Properties());
    Properties ours = new PostgresUser(Access.READ, url, "", "", Duration.ZERO, 0).settings();
    return given == null
        ? Optional.empty()
        : ours.stringPropertyNames().stream().filter(given::containsKey).findFirst();
  }

  Connection connect() throws SQLException {
    return new Driver().connect(url, settings());
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.putAll(RULES);
    settings.setProperty("user", name);
    settings.setProperty("password", password);
    settings.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    settings.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS));
    settings.setProperty("cancelSignalTimeout", String.valueOf(CONNECT_SECONDS));
    // For a server that is gone without a word: everything else the watch sees to.
    settings.setProperty("socketTimeout", String.valueOf(timeout.toSeconds() + GRACE_SECONDS));
    settings.setProperty("tcpKeepAlive", "true");
    // A value can have a gigabyte; the driver would read it whole. Beyond this it closes.
    settings.setProperty("maxResultBuffer", String.valueOf(4L * maxBytes));
    return settings;
  }

  /** The environment variable that names this user. */
  String variable() {
    return access == Access.READ ? "QUERY_READ_USERNAME" : "QUERY_DATABASE_USERNAME";
  }

  @Override
  public String toString() {
    return "PostgresUser[" + name + "]";
  }
}
