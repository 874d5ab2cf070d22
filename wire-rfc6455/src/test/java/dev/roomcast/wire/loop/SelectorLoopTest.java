package dev.roomcast.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract of transports does not see: turns, and the end. */
@Timeout(30)
final class SelectorLoopTest {
  private final SelectorLoop loop = new SelectorLoop("loop", TimeSource.system());
  private final Selector selector;
  private final Thread thread;
  private final List<String> order = new ArrayList<>();

  SelectorLoopTest() throws IOException {
    selector = Selector.open();
    thread = Thread.ofPlatform().daemon().start(() -> loop.run(selector));
  }

  @AfterEach
  void close() throws InterruptedException {
    loop.close();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(selector.isOpen()).isFalse();
  }

  private <T> T onLoop(Supplier<T> what) {
    return CompletableFuture.supplyAsync(what, loop::execute)
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  /** A pipe that is always readable, with what its key runs. */
  private void whenReady(Runnable served) throws IOException {
    Pipe pipe = Pipe.open();
    pipe.sink().write(ByteBuffer.allocate(1));
    pipe.source().configureBlocking(false);
    onLoop(
        () -> {
          try {
            return pipe.source().register(selector, SelectionKey.OP_READ, served);
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
        });
  }

  @Test
  void endsATurnAfterWhatIsReadyAndQueued() throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    AtomicInteger served = new AtomicInteger();
    whenReady(
        () -> {
          if (served.incrementAndGet() == 1) {
            loop.atTurnEnd(() -> order.add("end of the turn"));
            loop.execute(() -> order.add("task"));
            loop.executeAfterIo(
                () -> {
                  order.add("after I/O");
                  done.complete(null);
                });
            order.add("ready");
          }
        });
    done.orTimeout(10, TimeUnit.SECONDS).join();

    assertThat(order).containsExactly("ready", "task", "end of the turn", "after I/O");
  }

  @Test
  void countsItsTurns() {
    CompletableFuture<Long> after = new CompletableFuture<>();
    long before =
        onLoop(
            () -> {
              loop.executeAfterIo(() -> after.complete(loop.turnsMade()));
              return loop.turnsMade();
            });

    assertThat(after.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(before + 1);
  }

  @Test
  void looksForIoBetweenEndsOfTurnsThatAskForMore() throws Exception {
    AtomicInteger served = new AtomicInteger();
    whenReady(served::incrementAndGet);
    CompletableFuture<Integer> servedMeanwhile = new CompletableFuture<>();
    int ends = 20;
    Runnable[] end = new Runnable[1];
    AtomicInteger left = new AtomicInteger(ends);
    AtomicInteger before = new AtomicInteger();
    end[0] =
        () -> {
          if (left.getAndDecrement() == 0) {
            servedMeanwhile.complete(served.get() - before.get());
          } else {
            loop.atTurnEnd(end[0]);
          }
        };
    loop.execute(
        () -> {
          before.set(served.get());
          loop.atTurnEnd(end[0]);
        });

    assertThat(servedMeanwhile.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(ends);
  }

  @Test
  void servesOthersWhileTasksBringForthTasks() throws Exception {
    CompletableFuture<Void> served = new CompletableFuture<>();
    Runnable[] task = new Runnable[1];
    task[0] =
        () -> {
          if (!served.isDone()) {
            loop.execute(task[0]);
          }
        };
    loop.execute(task[0]);
    whenReady(() -> served.complete(null));

    served.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void runsATimerThoughNothingElseHappens() {
    CompletableFuture<Boolean> fired = new CompletableFuture<>();
    loop.after(Duration.ofMillis(20), () -> fired.complete(loop.inLoop()));

    assertThat(fired.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
  }

  @Test
  void acceptsNothingOnceClosedAndRunsWhatItAccepted() {
    boolean accepted =
        onLoop(
            () -> {
              loop.execute(() -> order.add("task"));
              loop.executeAfterIo(() -> order.add("after I/O"));
              loop.atTurnEnd(() -> order.add("end of the turn"));
              loop.after(Duration.ofMillis(1), () -> order.add("timer"));
              loop.close();
              loop.post(() -> order.add("posted"));
              return loop.execute(() -> order.add("late"))
                  || loop.executeAfterIo(() -> order.add("late"));
            });
    assertThat(accepted).isFalse();
    assertThat(loop.execute(() -> order.add("late"))).isFalse();
    loop.settled().join();
    awaitEnd();

    assertThat(order).containsExactly("task", "posted", "end of the turn", "after I/O");
    assertThat(loop.post(() -> order.add("late"))).isFalse();
    assertThat(loop.settled()).isDone();
  }

  @Test
  void endsThoughItSleeps() {
    onLoop(() -> "asleep soon");
    loop.close();
    awaitEnd();
  }

  @Test
  void endsThoughItNeverSlept() throws IOException {
    SelectorLoop fresh = new SelectorLoop("fresh", TimeSource.system());
    fresh.close();
    fresh.run(Selector.open());

    assertThat(fresh.done()).isTrue();
  }

  @Test
  void tellsThatItsSelectorFailed() throws IOException {
    SelectorLoop broken = new SelectorLoop("broken", TimeSource.system());
    CompletableFuture<Void> ran = new CompletableFuture<>();
    Selector closed = Selector.open();
    closed.close();
    broken.execute(() -> ran.complete(null));

    assertThatThrownBy(() -> broken.run(closed))
        .isInstanceOf(java.nio.channels.ClosedSelectorException.class);
    assertThat(ran).isDone();
    assertThat(broken.execute(() -> {})).isFalse();
  }

  private void awaitEnd() {
    try {
      assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
