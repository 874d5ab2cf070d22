package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of an event loop, L01 to L06. */
final class SocketLoopTest {
  private final SocketLoop loop = new SocketLoop();

  @AfterEach
  void close() {
    loop.close();
  }

  private static <T> T join(CompletableFuture<T> stage) throws Exception {
    return stage.get(10, TimeUnit.SECONDS);
  }

  @Test
  void knowsWhetherItRuns() throws Exception {
    CompletableFuture<Boolean> inside = new CompletableFuture<>();
    loop.execute(() -> inside.complete(loop.inLoop()));

    assertThat(join(inside)).isTrue();
    assertThat(loop.inLoop()).isFalse();
  }

  @Test
  void runsTasksInOrderAndNeverInsideTheCall() throws Exception {
    List<Integer> ran = new CopyOnWriteArrayList<>();
    CompletableFuture<List<Integer>> before = new CompletableFuture<>();
    CompletableFuture<Void> last = new CompletableFuture<>();
    loop.execute(
        () -> {
          for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
          }
          before.complete(List.copyOf(ran));
          loop.execute(() -> last.complete(null));
        });

    assertThat(join(before)).isEmpty();
    join(last);
    assertThat(ran).hasSize(100).isSorted();
  }

  @Test
  void runsWhatItAcceptedAndRefusesTheRest() {
    AtomicInteger ran = new AtomicInteger();
    int accepted = 0;
    for (int i = 0; i < 10_000; i++) {
      if (i == 5_000) {
        loop.close();
      }
      accepted += loop.execute(ran::incrementAndGet) ? 1 : 0;
    }
    await().until(() -> !loop.execute(() -> {}));

    int taken = accepted;
    await().untilAsserted(() -> assertThat(ran).hasValue(taken));
    loop.after(Duration.ofMillis(1), () -> {});
    assertThat(loop.executeAfterIo(() -> {})).isFalse();
  }

  @Test
  void servesSocketsBeforeItGoesOn() throws Exception {
    List<String> ran = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          loop.executeAfterIo(() -> ran.add("after I/O"));
          loop.executeAfterIo(() -> done.complete(null));
          loop.execute(() -> ran.add("this turn"));
        });

    join(done);
    assertThat(ran).containsExactly("this turn", "after I/O");
  }

  @Test
  void goesOnAfterATaskThatThrows() throws Exception {
    CompletableFuture<Void> next = new CompletableFuture<>();
    loop.execute(
        () -> {
          throw new AssertionError("on purpose");
        });
    loop.execute(() -> next.complete(null));

    join(next);
  }

  @Test
  void runsNoTimerEarly() throws Exception {
    long start = System.nanoTime();
    List<CompletableFuture<Long>> due = new ArrayList<>();
    for (int millis = 1; millis <= 20; millis++) {
      CompletableFuture<Long> late = new CompletableFuture<>();
      loop.after(Duration.ofMillis(millis), () -> late.complete(System.nanoTime() - start));
      due.add(late);
    }

    for (int millis = 1; millis <= 20; millis++) {
      assertThat(join(due.get(millis - 1))).isGreaterThanOrEqualTo(millis * 1_000_000L);
    }
  }
}
