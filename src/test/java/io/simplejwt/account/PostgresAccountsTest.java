package io.simplejwt.account;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.PostgresStore;

@QuarkusTest
@TestProfile(PostgresStore.class)
class PostgresAccountsTest extends AccountsConformance {}
