package io.simplejwt.account;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hashes a second on one thread, by each way to Argon2id that could take the place of the service's own, in turns. Arguments:
 * seconds a turn, turns, the path of libsodium, the path of libargon2 or nothing. Needs JDK 22 for the foreign-function
 * interface. bench/hash.sh runs it.
 */
class HashCandidates {
  private static final int ARGON2ID = 2;
  private static final double TICK = 100; // of /proc/self/stat, a second

  public static void main(String[] arguments) throws IOException {
    double seconds = Double.parseDouble(arguments[0]);
    int turns = Integer.parseInt(arguments[1]);
    Map<String, Argon2> candidates = new LinkedHashMap<>();
    candidates.put("libsodium by JNA, ours", new SodiumArgon2());
    candidates.put("libsodium by the foreign-function interface", sodium(Path.of(arguments[2])));
    candidates.put("Bouncy Castle, pooled", new BouncyCastleArgon2());
    candidates.put("the Vector API, its memory kept", new VectorArgon2());
    if (arguments.length > 3) {
      candidates.put("libargon2 by the foreign-function interface", argon2(Path.of(arguments[3])));
    }
    byte[] right = new BouncyCastleArgon2().derive(HashRate.PASSWORD, HashRate.SALT, Argon2Parameters.CURRENT);
    candidates.forEach(
        (name, candidate) -> {
          if (!Arrays.equals(candidate.derive(HashRate.PASSWORD, HashRate.SALT, Argon2Parameters.CURRENT), right)) {
            throw new IllegalStateException(name + " computes something else");
          }
          HashRate.rate(candidate, 4); // until it is compiled
        });
    Map<String, double[]> rates = new LinkedHashMap<>();
    Map<String, double[]> kernel = new LinkedHashMap<>();
    for (int turn = 0; turn < turns; turn++) {
      for (String name : candidates.keySet()) {
        double[] before = cpu();
        rates.computeIfAbsent(name, unused -> new double[turns])[turn] = HashRate.rate(candidates.get(name), seconds);
        double[] after = cpu();
        kernel.computeIfAbsent(name, unused -> new double[turns])[turn] =
            (after[1] - before[1]) / (after[0] + after[1] - before[0] - before[1]);
      }
    }
    System.out.println("| candidate | a second | to ours | in the kernel |\n| --- | --- | --- | --- |");
    double ours = median(rates.values().iterator().next());
    rates.forEach(
        (name, all) ->
            System.out.printf(
                "| %s | %.1f | %.2f | %.0f %% |%n", name, median(all), median(all) / ours, 100 * median(kernel.get(name))));
    System.exit(0);
  }

  private static Argon2 sodium(Path library) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    MethodHandle hash =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.find("crypto_pwhash").orElseThrow(),
                FunctionDescriptor.of(
                    JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT));
    return (password, salt, parameters) ->
        called(
            (arena, tag) ->
                (int)
                    hash.invokeExact(
                        tag,
                        tag.byteSize(),
                        arena.allocateFrom(JAVA_BYTE, password),
                        (long) password.length,
                        arena.allocateFrom(JAVA_BYTE, salt),
                        (long) parameters.passes(),
                        parameters.memory() * 1024L,
                        ARGON2ID),
            parameters);
  }

  private static Argon2 argon2(Path library) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    MethodHandle hash =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.find("argon2id_hash_raw").orElseThrow(),
                FunctionDescriptor.of(
                    JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG));
    return (password, salt, parameters) ->
        called(
            (arena, tag) ->
                (int)
                    hash.invokeExact(
                        parameters.passes(),
                        parameters.memory(),
                        parameters.lanes(),
                        arena.allocateFrom(JAVA_BYTE, password),
                        (long) password.length,
                        arena.allocateFrom(JAVA_BYTE, salt),
                        (long) salt.length,
                        tag,
                        tag.byteSize()),
            parameters);
  }

  private interface Call {
    int into(Arena arena, MemorySegment tag) throws Throwable;
  }

  private static byte[] called(Call call, Argon2Parameters parameters) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment tag = arena.allocate(parameters.tagLength());
      int result = call.into(arena, tag);
      if (result != 0) {
        throw new IllegalStateException("the library says " + result);
      }
      return tag.toArray(JAVA_BYTE);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Seconds of this process so far: its own, the kernel's. */
  private static double[] cpu() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return new double[] {Double.parseDouble(fields[11]) / TICK, Double.parseDouble(fields[12]) / TICK};
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
