package dev.roomcast.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What permessage-deflate costs and saves for a typical message, by size and level: bytes, and
 * processor time to compress it once and to inflate it.
 *
 * <p>Usage: {@code CompressionCost}; prints a table.
 */
final class CompressionCost {
  private static final int[] SIZES = {64, 128, 256, 512, 1024, 4096, 16_384};
  private static final int[] LEVELS = {1, 6, 9};
  private static final int DIFFERENT = 64;
  private static final long WORK_NANOS = 200_000_000;

  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private CompressionCost() {}

  public static void main(String[] arguments) throws DataFormatException {
    System.out.println("| bytes | level | compressed | saved | compress, us | inflate, us |");
    System.out.println("|---:|---:|---:|---:|---:|---:|");
    for (int size : SIZES) {
      for (int level : LEVELS) {
        System.out.println(row(size, level));
      }
    }
  }

  private static String row(int size, int level) throws DataFormatException {
    byte[][] messages = messages(size);
    byte[][] compressed = new byte[DIFFERENT][];
    Deflater deflater = new Deflater(level, /* nowrap= */ true);
    Inflater inflater = new Inflater(/* nowrap= */ true);
    byte[] out = new byte[2 * size + 100];
    long bytes = 0;
    for (int i = 0; i < DIFFERENT; i++) {
      int length = deflate(deflater, messages[i], out);
      compressed[i] = java.util.Arrays.copyOf(out, length);
      bytes += length - 4;
    }
    double deflate = micros(i -> deflate(deflater, messages[i % DIFFERENT], out));
    double inflate = micros(i -> inflate(inflater, compressed[i % DIFFERENT], out));
    deflater.end();
    inflater.end();
    long mean = bytes / DIFFERENT;
    return "| %d | %d | %d | %d %% | %.1f | %.1f |"
        .formatted(size, level, mean, 100 - 100 * mean / size, deflate, inflate);
  }

  private static int deflate(Deflater deflater, byte[] message, byte[] out) {
    deflater.reset();
    deflater.setInput(message);
    return deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
  }

  private static int inflate(Inflater inflater, byte[] compressed, byte[] out)
      throws DataFormatException {
    inflater.reset();
    inflater.setInput(compressed);
    return inflater.inflate(out);
  }

  /** Events as a chat sends them: the same names, ids that differ, words from a small language. */
  private static byte[][] messages(int size) {
    String[] words =
        ("the of and to in a is that for it as was with be by on not he his but at are this have"
                + " from or had an they which one you were all her she there would their we him"
                + " been has when who will no more if out so up said what its about than into")
            .split(" ", -1);
    Random random = new Random(size);
    byte[][] messages = new byte[DIFFERENT][];
    for (int i = 0; i < DIFFERENT; i++) {
      StringBuilder text = new StringBuilder("{\"event\":\"message\",\"data\":[");
      while (text.length() < size) {
        text.append(
            "{\"id\":\"%016x\",\"t\":%d,\"text\":\""
                .formatted(random.nextLong(), random.nextInt()));
        for (int word = 0; word < 12; word++) {
          text.append(words[random.nextInt(words.length)]).append(' ');
        }
        text.append("\"},");
      }
      messages[i] = text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }
    return messages;
  }

  private interface Work {
    int run(int round) throws DataFormatException;
  }

  /** Processor time of one round, after as long a warm-up. */
  private static double micros(Work work) throws DataFormatException {
    double micros = 0;
    for (int phase = 0; phase < 2; phase++) {
      long begin = THREAD.getCurrentThreadCpuTime();
      int rounds = 0;
      long spent = 0;
      for (; spent < WORK_NANOS; spent = THREAD.getCurrentThreadCpuTime() - begin) {
        for (int i = 0; i < 100; i++) {
          work.run(rounds++);
        }
      }
      micros = spent / 1000.0 / rounds;
    }
    return micros;
  }
}
