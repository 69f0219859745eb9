package io.simplejwt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Honest bodies, cut, doubled and spliced with what parsers stumble over. */
public final class Mutations {
  /** What breaks JSON, forms, numbers, encodings, patterns and templates. */
  private static final List<String> PIECES =
      List.of(
          ("{ } [ ] : , \" \\ \\\" \\\\ \\n \\u0000 \\ud800 null true 1e999 1e999999999 -0 0x1 NaN"
                  + " \"email\" \"password\" \"roles\":[\"admin\"] \"parameters\":{} // /* */ ' ''"
                  + " @ & = + % %00 %zz %s <x> ${x} ${jndi} \u0000 \u00e9 \ufeff \ud83d\ude00 ( )")
              .split(" "));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> pieces;

  public Mutations() {
    this(List.of());
  }

  /** With pieces that some calls stumble over beside those that all do. */
  public Mutations(List<String> more) {
    pieces = Stream.of(PIECES, more, List.of(" ", "\n")).flatMap(List::stream).toList();
  }

  /** For the message of a failure, so that it can be repeated. */
  public long seed() {
    return seed;
  }

  public byte[] of(String honest) {
    StringBuilder body = new StringBuilder(honest);
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(body.length() + 1);
      int end = random.nextBoolean() ? at : Math.min(body.length(), at + random.nextInt(6));
      body.replace(at, end, pieces.get(random.nextInt(pieces.size())));
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(16)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1 -> broken(bytes);
      default -> bytes;
    };
  }

  /** No UTF-8 any more, as a rule. */
  private byte[] broken(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
