package io.simplejwt.login;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.PostgresStore;

@QuarkusTest
@TestProfile(PostgresStore.class)
class PostgresGuessesTest extends GuessesConformance {}
