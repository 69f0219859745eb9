package io.simplejwt.account;

import com.goterl.lazysodium.SodiumJava;
import com.goterl.lazysodium.interfaces.PwHash;
import com.goterl.lazysodium.utils.LibraryLoader;
import com.sun.jna.NativeLong;

/** Argon2id by libsodium's native code, which lazysodium carries in its jar. */
final class SodiumArgon2 implements Argon2 {
  // Where the image has it unpacked (src/main/docker/jvm.options); elsewhere each start unpacks it.
  private static final String UNPACKED = System.getProperty("sodium.path");

  private final SodiumJava sodium =
      UNPACKED == null ? new SodiumJava(LibraryLoader.Mode.BUNDLED_ONLY) : new SodiumJava(UNPACKED);

  @Override
  public byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters) {
    if (parameters.lanes() != 1) {
      throw new IllegalArgumentException("libsodium computes Argon2 with one lane only");
    }
    byte[] tag = new byte[parameters.tagLength()];
    int result =
        sodium.crypto_pwhash(
            tag,
            tag.length,
            password,
            password.length,
            salt,
            parameters.passes(),
            new NativeLong(parameters.memory() * 1024L),
            PwHash.Alg.PWHASH_ALG_ARGON2ID13.getValue());
    if (result != 0) { // it has no other reason than memory, once the parameters are valid
      throw new IllegalStateException(
          "libsodium had no " + parameters.memory() + " KiB of memory for a hash");
    }
    return tag;
  }
}
