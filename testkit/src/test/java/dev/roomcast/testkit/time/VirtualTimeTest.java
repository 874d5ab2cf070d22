package dev.roomcast.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class VirtualTimeTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void runsNothingInsideExecute() {
    VirtualTime time = VirtualTime.inOrder();
    time.newLoop("a").execute(() -> log.add("ran"));

    assertThat(log).isEmpty();
    time.runUntilIdle();
    assertThat(log).containsExactly("ran");
  }

  @Property(tries = 100)
  void keepsTheOrderOfEachLoopUnderAnySeed(@ForAll long seed) {
    VirtualTime time = VirtualTime.seeded(seed);
    List<List<Integer>> seen = List.of(new ArrayList<>(), new ArrayList<>());
    List<SimulatedLoop> loops = List.of(time.newLoop("a"), time.newLoop("b"));
    for (int i = 0; i < 20; i++) {
      int number = i;
      loops.get(i % 2).execute(() -> seen.get(number % 2).add(number));
    }
    time.runUntilIdle();

    assertThat(seen.get(0)).hasSize(10).isSorted();
    assertThat(seen.get(1)).hasSize(10).isSorted();
  }

  @Property(tries = 20)
  void repeatsARunWithTheSameSeed(@ForAll long seed) {
    assertThat(interleaving(VirtualTime.seeded(seed)))
        .isEqualTo(interleaving(VirtualTime.seeded(seed)));
  }

  @Test
  void interleavesLanesDifferentlyWithAnotherSeed() {
    assertThat(interleaving(VirtualTime.seeded(1)))
        .isNotEqualTo(interleaving(VirtualTime.seeded(2)));
  }

  private static List<String> interleaving(VirtualTime time) {
    List<String> order = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      SimulatedLoop loop = time.newLoop(name);
      for (int i = 0; i < 5; i++) {
        loop.execute(() -> order.add(name));
        time.hooks().execute(() -> order.add("hook of " + name));
      }
    }
    time.runUntilIdle();
    return order;
  }

  @Test
  void firesTimersInOrderAndAtTheirMoment() {
    VirtualTime time = VirtualTime.seeded(7);
    SimulatedLoop loop = time.newLoop("a");
    long start = time.nanoTime();
    for (int millis : new int[] {30, 10, 20}) {
      loop.after(
          Duration.ofMillis(millis),
          () -> log.add(millis + "@" + (time.nanoTime() - start) / 1_000_000));
    }
    time.advance(Duration.ofMillis(25));
    assertThat(log).containsExactly("10@10", "20@20");
    time.advance(Duration.ofMillis(5));
    assertThat(log).last().isEqualTo("30@30");
  }

  @Test
  void isInLoopOnlyWhileATaskOfTheLoopRuns() {
    VirtualTime time = VirtualTime.inOrder();
    SimulatedLoop one = time.newLoop("one");
    SimulatedLoop other = time.newLoop("other");
    one.execute(() -> log.add(one.inLoop() + " " + other.inLoop()));
    time.hooks().execute(() -> log.add(one.inLoop() + " " + other.inLoop()));
    time.runUntilIdle();

    assertThat(log).containsExactly("true false", "false false");
    assertThat(one.inLoop()).isFalse();
  }

  @Test
  void servesReadyIoBeforeWhatWaitsForIt() {
    VirtualTime time = VirtualTime.seeded(3);
    SimulatedLoop loop = time.newLoop("a");
    loop.execute(
        () -> {
          loop.io(() -> log.add("io"));
          loop.executeAfterIo(() -> log.add("after io"));
        });
    time.runUntilIdle();

    assertThat(log).containsExactly("io", "after io");
  }

  @Test
  void refusesTasksOnceClosedButRunsWhatWasAccepted() {
    VirtualTime time = VirtualTime.inOrder();
    SimulatedLoop loop = time.newLoop("a");
    assertThat(loop.execute(() -> log.add("accepted"))).isTrue();
    loop.after(Duration.ofMillis(1), () -> log.add("timer"));
    loop.close();

    assertThat(loop.execute(() -> log.add("refused"))).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(log).containsExactly("accepted");
  }

  @Test
  void reportsATaskThatThrowsAndGoesOn() {
    VirtualTime time = VirtualTime.inOrder();
    SimulatedLoop loop = time.newLoop("a");
    loop.execute(
        () -> {
          throw new IllegalStateException("boom");
        });
    loop.execute(() -> log.add("next"));

    assertThatThrownBy(time::runUntilIdle)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("boom");
    time.runUntilIdle();
    assertThat(log).containsExactly("next");
  }

  @Test
  void reportsATimerBelowOneMillisecond() {
    VirtualTime time = VirtualTime.inOrder();
    SimulatedLoop loop = time.newLoop("a");
    loop.execute(() -> loop.after(Duration.ofNanos(5), () -> {}));

    assertThatThrownBy(time::runUntilIdle).hasMessageContaining("L05");
  }

  @Test
  void refusesToStepInsideAStep() {
    VirtualTime time = VirtualTime.inOrder();
    time.newLane("lane").execute(time::runUntilIdle);

    assertThatThrownBy(time::runUntilIdle).hasMessageContaining("inside a step");
  }

  @Test
  void letsAHookTakeVirtualTimeWhileTheWorldGoesOn() {
    VirtualTime time = VirtualTime.inOrder();
    SimulatedLoop loop = time.newLoop("a");
    time.hooks()
        .execute(
            () -> {
              log.add("hook begins");
              time.hooks().pause(Duration.ofSeconds(3));
              log.add("hook ends");
            });
    loop.after(Duration.ofSeconds(1), () -> log.add("timer"));
    time.advance(Duration.ofSeconds(2));
    assertThat(time.hooks().unfinished()).isOne();
    time.advance(Duration.ofSeconds(1));

    assertThat(log).containsExactly("hook begins", "timer", "hook ends");
    assertThat(time.hooks().unfinished()).isZero();
  }

  @Test
  void letsAHookWaitForAStage() {
    VirtualTime time = VirtualTime.inOrder();
    var stage = new CompletableFuture<String>();
    time.hooks().execute(() -> log.add(time.hooks().await(stage)));
    time.newLane("service").execute(() -> stage.complete("value"));
    time.runUntilIdle();

    assertThat(log).containsExactly("value");
  }

  @Test
  void reportsAHookThatThrows() {
    VirtualTime time = VirtualTime.inOrder();
    time.hooks()
        .execute(
            () -> {
              throw new IllegalStateException("boom");
            });

    assertThatThrownBy(time::runUntilIdle).hasMessageContaining("boom");
  }

  @Test
  void movesTimeOnUntilAStageIsComplete() {
    VirtualTime time = VirtualTime.inOrder();
    var stage = new CompletableFuture<String>();
    time.newLoop("a").after(Duration.ofSeconds(4), () -> stage.complete("late"));

    assertThatThrownBy(() -> time.await(stage, Duration.ofSeconds(3)))
        .isInstanceOf(AssertionError.class);
    assertThat(time.await(stage, Duration.ofSeconds(5))).isEqualTo("late");
  }

  @Test
  void refusesAThreadFromOutside() throws InterruptedException {
    VirtualTime time = VirtualTime.inOrder();
    Thread stranger =
        new Thread(
            () -> {
              try {
                time.newLane("lane").execute(() -> {});
              } catch (IllegalStateException refused) {
                log.add("refused");
              }
            });
    stranger.start();
    stranger.join();

    assertThat(log).containsExactly("refused");
  }
}
