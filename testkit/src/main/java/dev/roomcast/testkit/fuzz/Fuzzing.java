package dev.roomcast.testkit.fuzz;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tries a target with damaged copies of a corpus: {@code fuzz.inputs} of them, a system property,
 * 10,000 where it is not set; the same ones again for the same {@code fuzz.seed}, which is 1 where
 * it is not set. For one thread.
 */
public final class Fuzzing {
  private static final int FEW = 10_000;

  /** An input that takes longer is taken for one that never ends. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int MOST_SHOWN = 4096;

  /** What is tried. */
  @FunctionalInterface
  public interface Target {
    /**
     * Reads an input and says whether it was read rightly.
     *
     * @param input not shared
     * @param random for what the target chooses itself, such as where to cut the input; the same
     *     numbers for the same input
     * @throws Exception or an error if not
     */
    void read(byte[] input, Random random) throws Exception;
  }

  /** What is being tried, for whoever waits. */
  private static final class Attempt {
    private final long number;
    private final byte[] input;

    Attempt(long number, byte[] input) {
      this.number = number;
      this.input = input;
    }
  }

  private final Corpus corpus;
  private final long seed;
  private final long inputs;
  private final AtomicReference<@Nullable Attempt> current = new AtomicReference<>();

  private Fuzzing(Corpus corpus, long seed, long inputs) {
    this.corpus = corpus;
    this.seed = seed;
    this.inputs = inputs;
  }

  /** As many inputs as the system properties say. */
  public static Fuzzing of(Corpus corpus) {
    return new Fuzzing(corpus, Long.getLong("fuzz.seed", 1), Long.getLong("fuzz.inputs", FEW));
  }

  /** So many inputs, whatever the system properties say. */
  static Fuzzing of(Corpus corpus, long inputs) {
    return new Fuzzing(corpus, 1, inputs);
  }

  /**
   * Tries the target.
   *
   * @param name for the message
   * @throws AssertionError with the input if the target throws or does not come to an end
   */
  public void run(String name, Target target) {
    run(name, target, PATIENCE);
  }

  void run(String name, Target target, Duration patience) {
    AtomicReference<@Nullable AssertionError> fault = new AtomicReference<>();
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .name("fuzzing " + name)
            .start(() -> tryAll(name, target, fault));
    try {
      Attempt before = null;
      while (!worker.join(patience)) {
        Attempt now = current.get();
        if (now != null && before != null && now.number == before.number) {
          throw failed(name, now, "does not come to an end", null);
        }
        before = now;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    AssertionError found = fault.get();
    if (found != null) {
      throw found;
    }
    if (inputs > FEW) {
      System.out.println("fuzzing " + name + ": " + inputs + " inputs, seed " + seed);
    }
  }

  private void tryAll(String name, Target target, AtomicReference<@Nullable AssertionError> fault) {
    Random random = new Random(seed);
    Mutations mutations = new Mutations(corpus, random);
    for (long number = 0; number < inputs; number++) {
      byte[] input = mutations.input(number);
      current.set(new Attempt(number, input.clone()));
      try {
        target.read(input, new Random(number));
      } catch (Exception | Error thrown) {
        fault.set(failed(name, current.get(), "failed", thrown));
        return;
      }
    }
  }

  private AssertionError failed(
      String name, @Nullable Attempt attempt, String how, @Nullable Throwable cause) {
    if (attempt == null) {
      return new AssertionError(name + " " + how, cause);
    }
    byte[] input = attempt.input;
    String shown = HexFormat.of().formatHex(input, 0, Math.min(MOST_SHOWN, input.length));
    return new AssertionError(
        "%s %s on input %d of seed %d, %d bytes: %s"
            .formatted(name, how, attempt.number, seed, input.length, shown),
        cause);
  }
}
