package io.simplejwt.session;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class EmbeddedSessionsTest extends SessionsConformance {}
