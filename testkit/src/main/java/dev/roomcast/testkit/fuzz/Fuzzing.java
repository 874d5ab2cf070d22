package dev.roomcast.testkit.fuzz;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
   * @throws AssertionError with the input if the target throws or does not come to an end, or if
   *     the caller is interrupted meanwhile
   */
  public void run(String name, Target target) {
    run(name, target, PATIENCE);
  }

  void run(String name, Target target, Duration patience) {
    FutureTask<@Nullable Void> all = new FutureTask<>(() -> tryAll(target));
    Thread.ofPlatform().daemon().name("fuzzing " + name).start(all);
    await(name, all, patience);
    if (inputs > FEW) {
      System.out.println("fuzzing " + name + ": " + inputs + " inputs, seed " + seed);
    }
  }

  /** Returns only where every input was tried: whatever else ends the run is a failure. */
  private void await(String name, FutureTask<@Nullable Void> all, Duration patience) {
    Attempt before = null;
    while (true) {
      try {
        all.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException notYet) {
        Attempt now = current.get();
        if (now != null && before != null && now.number == before.number) {
          throw failed(name, now, "does not come to an end", null);
        }
        before = now;
      } catch (ExecutionException thrown) {
        throw failed(name, current.get(), "failed", thrown.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        all.cancel(/* mayInterruptIfRunning= */ true);
        throw failed(name, current.get(), "was interrupted", interrupted);
      }
    }
  }

  private @Nullable Void tryAll(Target target) throws Exception {
    Mutations mutations = new Mutations(corpus, new Random(seed));
    for (long number = 0; number < inputs; number++) {
      byte[] input = mutations.input(number);
      current.set(new Attempt(number, input.clone()));
      target.read(input, new Random(number));
      if (Thread.interrupted()) {
        throw new InterruptedException("after input " + number);
      }
    }
    return null;
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
