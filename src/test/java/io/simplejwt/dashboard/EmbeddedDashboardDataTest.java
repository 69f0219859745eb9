package io.simplejwt.dashboard;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class EmbeddedDashboardDataTest extends DashboardDataConformance {
  @Override
  String storeKind() {
    return "SQLite";
  }
}
