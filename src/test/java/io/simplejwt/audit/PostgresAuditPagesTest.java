package io.simplejwt.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.PostgresStore;

@QuarkusTest
@TestProfile(PostgresStore.class)
class PostgresAuditPagesTest extends AuditPagesConformance {
  @Override
  String explain() {
    return "EXPLAIN";
  }

  /** Which index it is depends on how many rows there are; what matters is that it is one. */
  @Override
  void assertByIndex(String plan, String index) {
    assertThat(plan).contains("Index Scan").doesNotContain("Seq Scan");
  }
}
