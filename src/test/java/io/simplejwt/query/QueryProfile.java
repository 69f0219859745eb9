package io.simplejwt.query;

import io.simplejwt.store.EmbeddedStore;
import java.util.List;
import java.util.Map;

/** The embedded stores, with less patience than by default. */
public class QueryProfile extends EmbeddedStore {
  static final int TIMEOUT_MILLIS = 4000;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = super.getConfigOverrides();
    settings.put("query.timeout", TIMEOUT_MILLIS + "ms");
    return settings;
  }

  /** The same, but PostgreSQL is queried. */
  public static final class Postgres extends QueryProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(QueryServer.class));
    }
  }
}
