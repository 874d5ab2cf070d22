package dev.roomcast.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class FuzzingTest {
  private static final Corpus CORPUS =
      new Corpus(
          List.of(
              "{\"event\":\"x\"}".getBytes(StandardCharsets.UTF_8),
              new byte[] {1, 2},
              new byte[0]));

  private static List<String> inputs(long count) {
    List<String> inputs = new ArrayList<>();
    Fuzzing.of(CORPUS, count)
        .run("it", (input, random) -> inputs.add(Arrays.toString(input) + random.nextInt()));
    return inputs;
  }

  @Test
  void triesTheSameInputsEachTime() {
    assertThat(inputs(500)).hasSize(500).isEqualTo(inputs(500));
  }

  @Test
  void triesTheSeedsAsTheyAreAndManyOthers() {
    List<byte[]> inputs = new ArrayList<>();
    Fuzzing.of(CORPUS, 5_000).run("it", (input, random) -> inputs.add(input));
    assertThat(inputs.subList(0, 3)).containsExactlyElementsOf(CORPUS.seeds());
    assertThat(inputs.stream().map(Arrays::toString).distinct().count()).isGreaterThan(2_000);
    assertThat(inputs).anyMatch(input -> input.length > 1_000).allMatch(i -> i.length <= 150_000);
  }

  @Test
  void namesTheInputThatATargetFailsOn() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                Fuzzing.of(CORPUS, 10)
                    .run(
                        "it",
                        (input, random) -> {
                          if (input.length == 2) {
                            throw new IllegalStateException("on purpose");
                          }
                        }))
        .withMessage("it failed on input 1 of seed 1, 2 bytes: 0102")
        .havingCause()
        .withMessage("on purpose");
  }

  @Test
  void namesTheInputThatATargetNeverEndsWith() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                Fuzzing.of(CORPUS, 10)
                    .run("it", (input, random) -> never.await(), Duration.ofMillis(50)))
        .withMessageContaining("it does not come to an end on input 0 of seed 1");
    never.countDown();
  }

  /** A run that was cut short has shown nothing. */
  @Test
  void failsWhereItIsInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> inputs(1_000_000_000))
          .withMessageContaining("it was interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void failsWhereAnErrorEndsIt() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                Fuzzing.of(CORPUS, 10)
                    .run(
                        "it",
                        (input, random) -> {
                          throw new OutOfMemoryError("on purpose");
                        }))
        .withMessage("it failed on input 0 of seed 1, 13 bytes: 7b226576656e74223a2278227d")
        .havingCause()
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void readsACorpus() {
    assertThat(Corpus.hex(FuzzingTest.class, "bytes.hex").seeds())
        .containsExactly(new byte[] {1, (byte) 0xFF}, new byte[] {2});
    assertThat(Corpus.text(FuzzingTest.class, "lines.txt").seeds())
        .containsExactly("é{}".getBytes(StandardCharsets.UTF_8), new byte[] {' ', 'x'});
  }
}
