package io.simplejwt.audit;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.PostgresStore;

@QuarkusTest
@TestProfile(PostgresStore.class)
class PostgresAuditTest extends AuditConformance {}
