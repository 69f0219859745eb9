package io.simplejwt.account;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** Argon2id by libsodium's native code, which lazysodium carries in its jar for several systems. */
final class SodiumArgon2 implements Argon2 {
  // Where the image has it unpacked (src/main/docker/jvm.options); elsewhere each start unpacks it.
  private static final String UNPACKED = System.getProperty("sodium.path");
  private static final Map<String, String> PACKED =
      Map.of(
          "linux-x86-64", "/linux64/libsodium.so",
          "linux-aarch64", "/arm64/libsodium.so",
          "darwin-x86-64", "/mac/intel/libsodium.dylib",
          "darwin-aarch64", "/mac/aarch64/libsodium.dylib",
          "win32-x86-64", "/windows64/libsodium.dll");

  private static final int LEAST_TAG_LENGTH = 16; // crypto_pwhash_BYTES_MIN

  SodiumArgon2() {
    Sodium.load();
  }

  @Override
  public byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters) {
    if (parameters.lanes() != 1) {
      throw new IllegalArgumentException("libsodium computes Argon2 with one lane only");
    }
    if (salt.length != Argon2Parameters.SALT_LENGTH || parameters.tagLength() < LEAST_TAG_LENGTH) {
      throw new IllegalArgumentException(
          "libsodium wants a salt of 16 bytes, and makes a tag of 16 or more");
    }
    byte[] tag = new byte[parameters.tagLength()];
    int result =
        Sodium.crypto_pwhash(
            tag,
            tag.length,
            password,
            password.length,
            salt,
            parameters.passes(),
            parameters.memory() * 1024L,
            Sodium.ARGON2ID13);
    if (result != 0) { // it has no other reason than memory, once the parameters are valid
      throw new IllegalStateException(
          "libsodium had no " + parameters.memory() + " KiB of memory for a hash");
    }
    return tag;
  }

  /**
   * The two functions that are needed. Lazysodium's own class would look up and prepare four
   * hundred, and unpack all of its jar, which it leaves behind where the process is killed.
   */
  private static final class Sodium {
    static final int ARGON2ID13 = 2; // crypto_pwhash_ALG_ARGON2ID13
    private static boolean loaded;

    private Sodium() {}

    static native int sodium_init();

    static native int crypto_pwhash(
        byte[] tag,
        long tagLength,
        byte[] password,
        long passwordLength,
        byte[] salt,
        long passes,
        long memory, // size_t, of 8 bytes on all systems above
        int algorithm);

    /** Once: to register again would unload the first library, perhaps under a hash. */
    static synchronized void load() {
      if (loaded) {
        return;
      }
      if (UNPACKED == null) {
        unpackAndRegister();
      } else {
        register(UNPACKED);
      }
      if (sodium_init() < 0) {
        throw new IllegalStateException("libsodium does not initialize");
      }
      loaded = true;
    }

    private static void register(String path) {
      Native.register(Sodium.class, NativeLibrary.getInstance(path));
    }

    private static void unpackAndRegister() {
      String packed = PACKED.getOrDefault(Platform.RESOURCE_PREFIX, "nowhere");
      try (InputStream code = Sodium.class.getResourceAsStream(packed)) {
        // JNA unpacks its own code when it is first asked: where that fails, no file of ours is
        // left.
        if (code == null || Native.SIZE_T_SIZE != Long.BYTES) {
          throw new IllegalStateException(
              "there is no libsodium for " + Platform.RESOURCE_PREFIX + " on the class path");
        }
        File file = Files.createTempFile("libsodium", null).toFile(); // its owner's only
        try {
          Files.write(file.toPath(), code.readAllBytes());
          register(file.getPath());
        } finally {
          if (!file.delete()) { // what is loaded needs no file any more, but on Windows
            file.deleteOnExit();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("libsodium cannot be unpacked", e);
      }
    }
  }
}
