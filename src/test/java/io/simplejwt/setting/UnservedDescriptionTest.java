package io.simplejwt.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class UnservedDescriptionTest {
  @Inject OpenApiDocumentService documents;

  @Test
  void isNotWrittenAtStart() {
    assertThat(documents.getDocument("<default>", Format.JSON)).asString().doesNotContain("/auth");
  }
}
