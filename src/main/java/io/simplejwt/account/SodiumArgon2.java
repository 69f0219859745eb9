package io.simplejwt.account;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  SodiumArgon2() {
    Sodium.load();
  }

  @Override
  public byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters) {
    if (parameters.lanes() != 1) {
      throw new IllegalArgumentException("libsodium computes Argon2 with one lane only");
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
            new NativeLong(parameters.memory() * 1024L),
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

    private Sodium() {}

    static native int sodium_init();

    static native int crypto_pwhash(
        byte[] tag,
        long tagLength,
        byte[] password,
        long passwordLength,
        byte[] salt,
        long passes,
        NativeLong memory,
        int algorithm);

    static synchronized void load() {
      if (UNPACKED == null) {
        unpackAndRegister();
      } else {
        register(UNPACKED);
      }
      if (sodium_init() < 0) {
        throw new IllegalStateException("libsodium does not initialize");
      }
    }

    private static void register(String path) {
      Native.register(Sodium.class, NativeLibrary.getInstance(path));
    }

    private static void unpackAndRegister() {
      String packed = PACKED.get(Platform.RESOURCE_PREFIX);
      if (packed == null) {
        throw new IllegalStateException("There is no libsodium for " + Platform.RESOURCE_PREFIX);
      }
      try (InputStream code = Sodium.class.getResourceAsStream(packed)) {
        Path file = Files.createTempFile("libsodium", null); // its owner's only
        try {
          Files.write(file, code.readAllBytes());
          register(file.toString());
        } finally {
          if (!file.toFile().delete()) { // what is loaded needs no file any more, but on Windows
            file.toFile().deleteOnExit();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("libsodium cannot be unpacked", e);
      }
    }
  }
}
