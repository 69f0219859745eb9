package io.simplejwt.account;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters.Builder;

/**
 * Argon2id in Java, for machines where native code does not load. Its memory is allocated once a
 * thread: 20 MB of garbage a hash would keep the collector busier than the hashing.
 */
final class BouncyCastleArgon2 implements Argon2 {
  // A hash borrows a few blocks beyond its memory for intermediate results.
  private static final int SPARE_BLOCKS = 16;
  private final ThreadLocal<FixedBlockPool> blocks =
      ThreadLocal.withInitial(
          () -> new FixedBlockPool(Argon2Parameters.CURRENT.memory() + SPARE_BLOCKS));

  @Override
  public byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters) {
    return derive(password, salt, parameters, blocks.get());
  }

  /** With memory that is given back: for a hash whose parameters are not ours. */
  static byte[] deriveOnce(byte[] password, byte[] salt, Argon2Parameters parameters) {
    return derive(password, salt, parameters, new FixedBlockPool(0));
  }

  private static byte[] derive(
      byte[] password, byte[] salt, Argon2Parameters parameters, FixedBlockPool blocks) {
    Builder builder =
        new Builder(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
            .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(parameters.memory())
            .withIterations(parameters.passes())
            .withParallelism(parameters.lanes())
            .withSalt(salt)
            .withBlockPool(blocks);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(builder.build());
    byte[] tag = new byte[parameters.tagLength()];
    generator.generateBytes(password, tag);
    return tag;
  }
}
