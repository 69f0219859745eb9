package io.simplejwt.account;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * Argon2id (RFC 9106) of one lane on the Vector API, with memory that is kept: a candidate, whose
 * numbers and why it is not taken README.md tells. The mixing is written out, since the compiler
 * stops inlining helpers where a method has become as large as this one (NodeCountInliningCutoff),
 * and what is left then is four times slower. For one thread.
 */
final class VectorArgon2 implements Argon2 {
  private static final VectorSpecies<Long> S = LongVector.SPECIES_256;
  private static final VectorShuffle<Long> L1 = VectorShuffle.fromValues(S, 1, 2, 3, 0);
  private static final VectorShuffle<Long> L2 = VectorShuffle.fromValues(S, 2, 3, 0, 1);
  private static final VectorShuffle<Long> L3 = VectorShuffle.fromValues(S, 3, 0, 1, 2);
  private static final VectorShuffle<Long> SWAP = VectorShuffle.fromValues(S, 1, 0, 3, 2);
  private static final VectorMask<Long> EVEN = VectorMask.fromLong(S, 0b0101);
  private static final VectorMask<Long> ODD = VectorMask.fromLong(S, 0b1010);
  private static final long LOW = 0xFFFFFFFFL;
  private static final int WORDS = 128; // of a block
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private final long[] r = new long[WORDS];
  private final long[] z = new long[WORDS];
  private long[] memory = new long[0];

  @Override
  public byte[] derive(byte[] password, byte[] salt, Argon2Parameters cost) {
    int blocks = cost.memory() / 4 * 4;
    int zero = blocks * WORDS; // behind the memory three blocks that make addresses
    int input = zero + WORDS;
    int addresses = input + WORDS;
    if (memory.length != addresses + WORDS) {
      memory = new long[addresses + WORDS];
    }
    byte[] seed = Arrays.copyOf(first(password, salt, cost), 72);
    for (int i = 0; i < 2; i++) {
      seed[64] = (byte) i;
      byte[] block = longHash(seed, 1024);
      for (int k = 0; k < WORDS; k++) {
        memory[i * WORDS + k] = (long) LONGS.get(block, 8 * k);
      }
    }
    for (int pass = 0; pass < cost.passes(); pass++) {
      for (int slice = 0; slice < 4; slice++) {
        Arrays.fill(memory, zero, memory.length, 0);
        long[] counters = {pass, 0, slice, blocks, cost.passes(), 2, 0};
        System.arraycopy(counters, 0, memory, input, counters.length);
        fill(pass, slice, blocks, zero);
      }
    }
    byte[] last = new byte[1024];
    for (int k = 0; k < WORDS; k++) {
      LONGS.set(last, 8 * k, memory[(blocks - 1) * WORDS + k]);
    }
    return longHash(last, cost.tagLength());
  }

  /** RFC 9106 §3.4: a quarter of a pass. */
  private void fill(int pass, int slice, int blocks, int zero) {
    boolean independent = pass == 0 && slice < 2;
    int segment = blocks / 4;
    int addresses = zero + 2 * WORDS;
    int begin = pass == 0 && slice == 0 ? 2 : 0;
    for (int i = begin; i < segment; i++) {
      int at = slice * segment + i;
      int previous = (at == 0 ? blocks - 1 : at - 1) * WORDS;
      if (independent && (i % WORDS == 0 || i == begin)) {
        memory[zero + WORDS + 6]++;
        compress(memory, zero, zero + WORDS, addresses, false);
        compress(memory, zero, addresses, addresses, false);
      }
      long x = (independent ? memory[addresses + i % WORDS] : memory[previous]) & LOW;
      int area = pass == 0 ? at - 1 : blocks - segment + i - 1;
      long relative = area - 1 - (area * (x * x >>> 32) >>> 32);
      long start = pass == 0 || slice == 3 ? 0 : (slice + 1L) * segment;
      compress(memory, previous, (int) ((start + relative) % blocks) * WORDS, at * WORDS, pass > 0);
    }
  }

  /** The block of the address x over the one of y, and the eight rows of that mixed. */
  private static void rows(long[] m, int x, int y, long[] r, long[] z) {
    for (int i = 0; i < WORDS; i += 16) {
      LongVector p;
      LongVector a =
          LongVector.fromArray(S, m, x + i).lanewise(XOR, LongVector.fromArray(S, m, y + i));
      a.intoArray(r, i);
      LongVector b =
          LongVector.fromArray(S, m, x + i + 4)
              .lanewise(XOR, LongVector.fromArray(S, m, y + i + 4));
      b.intoArray(r, i + 4);
      LongVector c =
          LongVector.fromArray(S, m, x + i + 8)
              .lanewise(XOR, LongVector.fromArray(S, m, y + i + 8));
      c.intoArray(r, i + 8);
      LongVector d =
          LongVector.fromArray(S, m, x + i + 12)
              .lanewise(XOR, LongVector.fromArray(S, m, y + i + 12));
      d.intoArray(r, i + 12);
      for (int half = 0; half < 2; half++) {
        p = a.and(LOW).mul(b.and(LOW));
        a = a.add(b).add(p).add(p);
        d = d.lanewise(XOR, a);
        d = d.lanewise(LSHR, 32).or(d.lanewise(LSHL, 32));
        p = c.and(LOW).mul(d.and(LOW));
        c = c.add(d).add(p).add(p);
        b = b.lanewise(XOR, c);
        b = b.lanewise(LSHR, 24).or(b.lanewise(LSHL, 40));
        p = a.and(LOW).mul(b.and(LOW));
        a = a.add(b).add(p).add(p);
        d = d.lanewise(XOR, a);
        d = d.lanewise(LSHR, 16).or(d.lanewise(LSHL, 48));
        p = c.and(LOW).mul(d.and(LOW));
        c = c.add(d).add(p).add(p);
        b = b.lanewise(XOR, c);
        b = b.lanewise(LSHR, 63).or(b.lanewise(LSHL, 1));
        b = b.rearrange(half == 0 ? L1 : L3);
        c = c.rearrange(L2);
        d = d.rearrange(half == 0 ? L3 : L1);
      }
      a.intoArray(z, i);
      b.intoArray(z, i + 4);
      c.intoArray(z, i + 8);
      d.intoArray(z, i + 12);
    }
  }

  /** The columns mixed, two pairs of them at a time, over the rest: the new block. */
  private static void columns(long[] m, int to, long[] r, long[] z) {
    for (int j = 0; j < 16; j += 4) {
      LongVector p;
      LongVector a0 = LongVector.fromArray(S, z, j);
      LongVector a1 = LongVector.fromArray(S, z, j + 16);
      LongVector b0 = LongVector.fromArray(S, z, j + 32);
      LongVector b1 = LongVector.fromArray(S, z, j + 48);
      LongVector c0 = LongVector.fromArray(S, z, j + 64);
      LongVector c1 = LongVector.fromArray(S, z, j + 80);
      LongVector d0 = LongVector.fromArray(S, z, j + 96);
      LongVector d1 = LongVector.fromArray(S, z, j + 112);
      for (int half = 0; half < 2; half++) {
        p = a0.and(LOW).mul(b0.and(LOW));
        a0 = a0.add(b0).add(p).add(p);
        d0 = d0.lanewise(XOR, a0);
        d0 = d0.lanewise(LSHR, 32).or(d0.lanewise(LSHL, 32));
        p = a1.and(LOW).mul(b1.and(LOW));
        a1 = a1.add(b1).add(p).add(p);
        d1 = d1.lanewise(XOR, a1);
        d1 = d1.lanewise(LSHR, 32).or(d1.lanewise(LSHL, 32));
        p = c0.and(LOW).mul(d0.and(LOW));
        c0 = c0.add(d0).add(p).add(p);
        b0 = b0.lanewise(XOR, c0);
        b0 = b0.lanewise(LSHR, 24).or(b0.lanewise(LSHL, 40));
        p = c1.and(LOW).mul(d1.and(LOW));
        c1 = c1.add(d1).add(p).add(p);
        b1 = b1.lanewise(XOR, c1);
        b1 = b1.lanewise(LSHR, 24).or(b1.lanewise(LSHL, 40));
        p = a0.and(LOW).mul(b0.and(LOW));
        a0 = a0.add(b0).add(p).add(p);
        d0 = d0.lanewise(XOR, a0);
        d0 = d0.lanewise(LSHR, 16).or(d0.lanewise(LSHL, 48));
        p = a1.and(LOW).mul(b1.and(LOW));
        a1 = a1.add(b1).add(p).add(p);
        d1 = d1.lanewise(XOR, a1);
        d1 = d1.lanewise(LSHR, 16).or(d1.lanewise(LSHL, 48));
        p = c0.and(LOW).mul(d0.and(LOW));
        c0 = c0.add(d0).add(p).add(p);
        b0 = b0.lanewise(XOR, c0);
        b0 = b0.lanewise(LSHR, 63).or(b0.lanewise(LSHL, 1));
        p = c1.and(LOW).mul(d1.and(LOW));
        c1 = c1.add(d1).add(p).add(p);
        b1 = b1.lanewise(XOR, c1);
        b1 = b1.lanewise(LSHR, 63).or(b1.lanewise(LSHL, 1));
        // To the diagonal and back: the pairs of b and d crossed over, those of c exchanged.
        VectorMask<Long> first = half == 0 ? EVEN : ODD;
        VectorMask<Long> second = half == 0 ? ODD : EVEN;
        LongVector t = b0.rearrange(SWAP);
        b1 = b1.rearrange(SWAP);
        b0 = t.blend(b1, second);
        b1 = b1.blend(t, second);
        t = c0;
        c0 = c1;
        c1 = t;
        t = d0.rearrange(SWAP);
        d1 = d1.rearrange(SWAP);
        d0 = t.blend(d1, first);
        d1 = d1.blend(t, first);
      }
      a0.lanewise(XOR, LongVector.fromArray(S, r, j)).intoArray(m, to + j);
      a1.lanewise(XOR, LongVector.fromArray(S, r, j + 16)).intoArray(m, to + j + 16);
      b0.lanewise(XOR, LongVector.fromArray(S, r, j + 32)).intoArray(m, to + j + 32);
      b1.lanewise(XOR, LongVector.fromArray(S, r, j + 48)).intoArray(m, to + j + 48);
      c0.lanewise(XOR, LongVector.fromArray(S, r, j + 64)).intoArray(m, to + j + 64);
      c1.lanewise(XOR, LongVector.fromArray(S, r, j + 80)).intoArray(m, to + j + 80);
      d0.lanewise(XOR, LongVector.fromArray(S, r, j + 96)).intoArray(m, to + j + 96);
      d1.lanewise(XOR, LongVector.fromArray(S, r, j + 112)).intoArray(m, to + j + 112);
    }
  }

  private static void over(long[] m, int to, long[] r) {
    for (int i = 0; i < WORDS; i += 4) {
      LongVector.fromArray(S, r, i)
          .lanewise(XOR, LongVector.fromArray(S, m, to + i))
          .intoArray(r, i);
    }
  }

  private void compress(long[] m, int x, int y, int to, boolean xor) {
    rows(m, x, y, r, z);
    if (xor) {
      over(m, to, r);
    }
    columns(m, to, r, z);
  }

  /** RFC 9106 §3.2, H0. */
  private static byte[] first(byte[] password, byte[] salt, Argon2Parameters cost) {
    ByteBuffer all =
        ByteBuffer.allocate(10 * 4 + password.length + salt.length).order(LITTLE_ENDIAN);
    all.putInt(1)
        .putInt(cost.tagLength())
        .putInt(cost.memory())
        .putInt(cost.passes())
        .putInt(0x13)
        .putInt(2);
    all.putInt(password.length).put(password).putInt(salt.length).put(salt).putInt(0).putInt(0);
    return blake(all.array(), 64);
  }

  /** RFC 9106 §3.3, H'. */
  private static byte[] longHash(byte[] input, int length) {
    ByteBuffer in =
        ByteBuffer.allocate(4 + input.length).order(LITTLE_ENDIAN).putInt(length).put(input);
    ByteBuffer out = ByteBuffer.allocate(length);
    byte[] v = blake(in.array(), Math.min(length, 64));
    while (out.remaining() > 64) {
      out.put(v, 0, 32);
      v = blake(v, Math.min(out.remaining(), 64));
    }
    return out.put(v).array();
  }

  private static byte[] blake(byte[] input, int length) {
    Blake2bDigest digest = new Blake2bDigest(length * 8);
    digest.update(input, 0, input.length);
    byte[] out = new byte[length];
    digest.doFinal(out, 0);
    return out;
  }
}
