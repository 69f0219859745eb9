package io.simplejwt.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplejwt.token.Verdict.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The fuzzer starts from claims that are accepted, or it would never see what comes behind. */
class TokenFuzzTest {
  @Test
  void startsFromClaimsThatAreAccepted() throws IOException {
    byte[] claims = Files.readAllBytes(Path.of("src/test/resources/fuzz/token/claims"));
    TokenVerifier verifier = Forge.HS256.verifier(Forge.NOW.plusSeconds(10));
    assertThat(verifier.verify(Forge.HS256.signed(Forge.HS256.honestHeader(), claims)))
        .isInstanceOf(Valid.class);
  }
}
