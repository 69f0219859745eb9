package io.simplejwt.dashboard;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.PostgresStore;

@QuarkusTest
@TestProfile(PostgresStore.class)
class PostgresDashboardDataTest extends DashboardDataConformance {
  @Override
  String storeKind() {
    return "PostgreSQL";
  }
}
