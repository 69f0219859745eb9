package io.simplejwt.login;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class EmbeddedGuessesTest extends GuessesConformance {}
