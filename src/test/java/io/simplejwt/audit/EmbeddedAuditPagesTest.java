package io.simplejwt.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class EmbeddedAuditPagesTest extends AuditPagesConformance {
  @Override
  String explain() {
    return "EXPLAIN QUERY PLAN";
  }

  @Override
  void assertByIndex(String plan, String index) {
    assertThat(plan)
        .contains("SEARCH audit USING INDEX " + index(index))
        .doesNotContain("SCAN", "TEMP B-TREE");
  }

  private static String index(String name) {
    return name.equals("pkey") ? "sqlite_autoindex_audit_1 " : "audit_by_" + name + " ";
  }
}
