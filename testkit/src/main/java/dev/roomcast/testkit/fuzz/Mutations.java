package dev.roomcast.testkit.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Makes damaged copies of a corpus, as a generator of random numbers says. For one thread. */
final class Mutations {
  /** Enough to cross every limit that a length has a form for. */
  private static final int MAX_BYTES = 150_000;

  private static final int MAX_CHANGES = 6;

  /** Ends of ranges, and what has a meaning in frames, UTF-8, JSON and headers. */
  private static final byte[] EDGES =
      HexFormat.of()
          .parseHex(
              "0001027d7e7f8081888990bfc0c1c2dfe0edeff0f4f5feff090a0d20222c2d2e30395b5c5d7b7d");

  private final List<byte[]> seeds;
  private final Random random;

  Mutations(Corpus corpus, Random random) {
    this.seeds = corpus.seeds();
    this.random = random;
  }

  /** The next input; the first ones are the seeds as they are. */
  byte[] input(long number) {
    if (number < seeds.size()) {
      return seeds.get((int) number).clone();
    }
    byte[] bytes = seed().clone();
    for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
      bytes = change(bytes);
    }
    return bytes;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] change(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int to = at + random.nextInt(Math.min(16, bytes.length - at) + 1);
    return switch (random.nextInt(10)) {
      case 0, 1 -> overwrite(bytes, at, (byte) (1 << random.nextInt(8)), /* flip= */ true);
      case 2 -> overwrite(bytes, at, edge(), /* flip= */ false);
      case 3 -> overwrite(bytes, at, (byte) random.nextInt(256), /* flip= */ false);
      case 4 -> splice(bytes, at, new byte[] {edge()}, at);
      case 5 -> splice(bytes, at, new byte[0], to);
      case 6 -> splice(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
      case 7 -> splice(bytes, at, piece(seed()), to);
      case 8 -> random.nextInt(4) > 0 ? splice(bytes, at, seed(), at) : Arrays.copyOf(bytes, at);
      default -> random.nextInt(200) > 0 ? bytes : splice(bytes, at, many(bytes, at, to), to);
    };
  }

  private byte edge() {
    return EDGES[random.nextInt(EDGES.length)];
  }

  private byte[] piece(byte[] of) {
    int from = random.nextInt(of.length + 1);
    return Arrays.copyOfRange(of, from, from + random.nextInt(of.length - from + 1));
  }

  private byte[] many(byte[] bytes, int from, int to) {
    byte[] one = from == to ? new byte[] {edge()} : Arrays.copyOfRange(bytes, from, to);
    byte[] many = new byte[1 << random.nextInt(18)];
    for (int i = 0; i < many.length; i++) {
      many[i] = one[i % one.length];
    }
    return many;
  }

  private static byte[] overwrite(byte[] bytes, int at, byte by, boolean flip) {
    if (at < bytes.length) {
      bytes[at] = (byte) (flip ? bytes[at] ^ by : by);
    }
    return bytes;
  }

  /** Replaces a range by other bytes. */
  private static byte[] splice(byte[] bytes, int from, byte[] by, int to) {
    byte[] spliced = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
    System.arraycopy(by, 0, spliced, from, by.length);
    System.arraycopy(bytes, to, spliced, from + by.length, bytes.length - to);
    return spliced.length > MAX_BYTES ? Arrays.copyOf(spliced, MAX_BYTES) : spliced;
  }
}
