package io.simplejwt.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes made by Python's bcrypt, argon2-cffi, passlib and hashlib. */
class ImportedHashTest {
  private static final String PASSWORD = "correct horse battery";
  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1, 32);
  private final AtomicInteger hashes = new AtomicInteger();
  private final Passwords passwords =
      new Passwords(
          (password, salt, parameters) -> {
            hashes.incrementAndGet();
            return BouncyCastleArgon2.deriveOnce(password, salt, parameters);
          },
          CHEAP);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2b$05$pnUT6Su.jtZLgRF5b8ZLh.aVMuJzxZcSuq9c5spfnI./a.MKQxlx2",
        "$2a$05$dl6hUhodaw9/gGP4Qpm1CObACYQX9ZXmVRzp0V34YQOZS5OGG7sBW",
        "$2y$05$dl6hUhodaw9/gGP4Qpm1CObACYQX9ZXmVRzp0V34YQOZS5OGG7sBW",
        "$argon2id$v=19$m=1024,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$9osgF9Vj/OWKKHDH0I89IVwT2taN4B89WCPCiZ5aS1Q",
        "$argon2id$v=19$m=1024,t=3,p=4$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$WRmtk1004iI7heLanmkguwmf/v0rHxCMe426pXzZtvQ",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$+/n7MQqMfJmGNtwB+1rxmQ",
        "$pbkdf2-sha256$1000$A2AMoXRujfE.J.T8/1/rnQ$oFzcj0b.tnYDIQl1OC2fMdEwRahJz56weov5WYQDpRI",
        "$pbkdf2-sha512$1000$ac25F8LYu9ca4zwnBMBYaw"
            + "$mxBJovoihFYcgb4WhnfcLU1zncTV9sxRWdjOUxdPJzIrt5S..B1RA3odXx35/A1jp7lYYqopvRyE77hv8D4rsA",
        "$pbkdf2-sha256$i=1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$BVALGMmC/K/8ELErc5VgJxyPFApArIZRCQsqjEgZWJ4",
        "pbkdf2_sha256$1000$9InV1a94TdFC$bR35wYILg4zvy7FFJNTxVxb9aJcwMBEduiOOF9nCyDE="
      })
  void matchesItsPasswordOnly(String hash) {
    String stored = ImportedHash.MARK + hash;
    ImportedHash.parse(hash);
    assertThat(passwords.matches(PASSWORD, stored)).isTrue();
    assertThat(passwords.matches(PASSWORD + "x", stored)).isFalse();
    assertThat(passwords.matches("", stored)).isFalse();
    assertThat(passwords.isOutdated(stored)).isTrue();
  }

  /** No refusal is cheaper than that of an email which nobody has. */
  @Test
  void checkCostsOneOfOurHashesBesides() {
    String stored =
        ImportedHash.MARK + "$2b$05$pnUT6Su.jtZLgRF5b8ZLh.aVMuJzxZcSuq9c5spfnI./a.MKQxlx2";
    for (String password : new String[] {PASSWORD, "wrong", "x".repeat(100_000)}) {
      hashes.set(0);
      passwords.matches(password, stored);
      assertThat(hashes).as(password).hasValue(1);
    }
  }

  @Test
  void takesPasswordAsItWasTyped() {
    String typed =
        ImportedHash.MARK
            + "$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$QB8N+HTWoLfzvEkyPmIv2RRRHqtmvtEoDiv0fn3VzJI";
    assertThat(passwords.matches("\ufb01ve", typed)).isTrue();
    String ours = ImportedHash.MARK + passwords.hash("five");
    assertThat(passwords.matches("\ufb01ve", ours)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2b$14$pnUT6Su.jtZLgRF5b8ZLh.aVMuJzxZcSuq9c5spfnI./a.MKQxlx2",
        "$argon2id$v=19$m=65537,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$9osgF9Vj/OWKKHDH0I89IVwT2taN4B89WCPCiZ5aS1Q",
        "$argon2id$v=19$m=65536,t=5,p=1$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$9osgF9Vj/OWKKHDH0I89IVwT2taN4B89WCPCiZ5aS1Q",
        "pbkdf2_sha256$1200001$9InV1a94TdFC$bR35wYILg4zvy7FFJNTxVxb9aJcwMBEduiOOF9nCyDE="
      })
  void refusesWhatCostsTooMuch(String hash) {
    assertThatThrownBy(() -> ImportedHash.parse(hash))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("costs too much")
        .hasMessageNotContaining("$");
    assertThatThrownBy(() -> passwords.matches(PASSWORD, ImportedHash.MARK + hash))
        .isInstanceOf(IllegalArgumentException.class); // nor where it stands in the store
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secretword",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "$2x$05$pnUT6Su.jtZLgRF5b8ZLh.aVMuJzxZcSuq9c5spfnI./a.MKQxlx2",
        "$2b$03$pnUT6Su.jtZLgRF5b8ZLh.aVMuJzxZcSuq9c5spfnI./a.MKQxlx2",
        "$2b$05$secretword",
        "$argon2i$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$W43H5hMwW3Ahb7uPZqZcYDaE53l4B32azoH2b4AQhOE",
        "$argon2id$v=19$m=8,t=0,p=1$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$W43H5hMwW3Ahb7uPZqZcYDaE53l4B32azoH2b4AQhOE",
        "$pbkdf2-sha1$1000$c2FsdA$c2FsdHNhbHRzYWx0c2FsdA",
        "$pbkdf2-sha256$0$c2FsdA$c2FsdHNhbHRzYWx0c2FsdA",
        "$pbkdf2-sha256$1000$c2FsdA$c2FsdA"
      })
  void refusesOtherFormsWithoutTellingThem(String hash) {
    assertThatThrownBy(() -> ImportedHash.parse(hash))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("password_hash")
        .hasMessageNotContaining("secretword");
  }

  @Test
  void refusesLanesThatTheHeapHasNoRoomFor() {
    PasswordHash lanes =
        PasswordHash.parse(
            "$argon2id$v=19$m=65536,t=3,p=4$PkUoLcuNx5QG4octAeUdEQ"
                + "$ltQ2AmyyS0Bzh5vvEY0P+pY428nVMdskB/UfCM+2uTc");
    ImportedArgon2.requireRoom(lanes, 128L << 20);
    assertThatThrownBy(() -> ImportedArgon2.requireRoom(lanes, 89L << 20))
        .hasMessageContaining("heap of 128 MiB");
  }
}
