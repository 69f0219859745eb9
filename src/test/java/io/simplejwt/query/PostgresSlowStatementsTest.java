package io.simplejwt.query;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(QueryProfile.Postgres.class)
class PostgresSlowStatementsTest extends SlowStatementsConformance {}
