package dev.roomcast.undertow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.ChannelPipe;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

@Timeout(30)
final class XnioLoopTest {
  private XnioThreads threads;
  private XnioLoop loop;

  @BeforeEach
  void start() throws IOException {
    threads = new XnioThreads();
    loop = threads.loop;
  }

  @AfterEach
  void stop() throws InterruptedException {
    threads.stop();
  }

  @Test
  void knowsWhetherItRunsTheCaller() {
    assertThat(loop.inLoop()).isFalse();
    assertThat(threads.onLoop(loop::inLoop)).isTrue();
  }

  @Test
  void runsTasksInOrderAndNeverInline() {
    List<String> order = new ArrayList<>();
    threads.onLoop(
        () -> {
          loop.execute(() -> order.add("first"));
          loop.execute(() -> order.add("second"));
          order.add("caller");
        });
    threads.loops.settle();
    assertThat(order).containsExactly("caller", "first", "second");
  }

  @Test
  void outlivesTasksThatThrow() {
    loop.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    assertThat(threads.onLoop(() -> "alive")).isEqualTo("alive");
  }

  @Test
  void runsEachTaskThatItAcceptedUntilItWasClosed() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    AtomicInteger ran = new AtomicInteger();
    List<Thread> submitters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      submitters.add(
          Thread.startVirtualThread(
              () -> {
                while (loop.execute(ran::incrementAndGet)) {
                  accepted.incrementAndGet();
                }
              }));
    }
    await().until(() -> ran.get() > 1000);
    threads.loops.close();
    for (Thread submitter : submitters) {
      submitter.join();
    }
    assertThat(ran).hasValue(accepted.get());
  }

  @Test
  void refusesTasksOnceClosed() {
    threads.loops.close();
    assertThat(loop.execute(() -> {})).isFalse();
    assertThat(threads.onLoop(() -> loop.execute(() -> {}))).isFalse();
    assertThat(threads.onLoop(() -> loop.executeAfterIo(() -> {}))).isFalse();
  }

  @Test
  void refusesTasksOnceXnioHasShutDown() throws Exception {
    threads.stop();
    assertThat(loop.execute(() -> {})).isFalse();
  }

  @Test
  void firesTimersNeverEarly() throws Exception {
    TimeSource time = TimeSource.system();
    List<Long> earlyNanos = new ArrayList<>();
    CountDownLatch fired = new CountDownLatch(200);
    for (int i = 1; i <= 200; i++) {
      Duration delay = Duration.ofNanos(1_000_000 + i * 97_001L);
      long due = time.nanoTime() + delay.toNanos();
      loop.after(
          delay,
          () -> {
            earlyNanos.add(due - time.nanoTime());
            fired.countDown();
          });
    }
    assertThat(fired.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(threads.onLoop(() -> List.copyOf(earlyNanos))).allMatch(nanos -> nanos <= 0);
  }

  @Test
  void firesNoTimerOnceClosed() {
    AtomicBoolean fired = new AtomicBoolean();
    CompletableFuture<Void> later = new CompletableFuture<>();
    loop.after(Duration.ofMillis(20), () -> fired.set(true));
    threads.loops.close();
    threads.thread.executeAfter(() -> later.complete(null), 60, TimeUnit.MILLISECONDS);
    later.join();
    assertThat(fired).isFalse();
  }

  @Test
  void servesInputBetweenTasksThatGoOnAfterIt() throws Exception {
    ChannelPipe<StreamSourceChannel, StreamSinkChannel> input =
        threads.thread.createHalfDuplexPipe();
    AtomicBoolean served = new AtomicBoolean();
    input
        .getLeftSide()
        .getReadSetter()
        .set(
            source -> {
              source.suspendReads();
              served.set(true);
            });
    input.getLeftSide().resumeReads();
    AtomicInteger rounds = new AtomicInteger();
    Runnable goesOn =
        new Runnable() {
          @Override
          public void run() {
            rounds.incrementAndGet();
            if (!served.get()) {
              loop.executeAfterIo(this);
            }
          }
        };
    threads.onLoop(() -> loop.executeAfterIo(goesOn));
    await().until(() -> rounds.get() > 1000);
    input.getRightSide().write(ByteBuffer.allocate(1));
    await().until(served::get);
  }

  @Test
  void runsWhatWaitedForInputWhenItIsClosed() {
    AtomicBoolean ran = new AtomicBoolean();
    threads.onLoop(
        () -> {
          // The close is queued before the loop selects again.
          var unused = loop.close();
          loop.executeAfterIo(() -> ran.set(true));
        });
    threads.loops.settle();
    await().untilTrue(ran);
  }

  @Test
  void endsATurnAfterWhatWasQueuedBefore() {
    List<String> order = new ArrayList<>();
    threads.onLoop(
        () -> {
          loop.execute(() -> order.add("queued before"));
          loop.atTurnEnd(() -> order.add("turn end"));
          loop.executeAfterIo(() -> order.add("after the next select"));
        });
    await().until(() -> threads.onLoop(order::size) == 3);
    assertThat(order).containsExactly("queued before", "turn end", "after the next select");
  }

  @Test
  void looksAtInputBeforeATurnEndThatATurnEndAskedFor() {
    List<String> order = new ArrayList<>();
    threads.onLoop(
        () ->
            loop.atTurnEnd(
                () -> {
                  loop.executeAfterIo(() -> order.add("after the next select"));
                  loop.atTurnEnd(() -> order.add("next turn end"));
                  loop.execute(() -> order.add("this turn"));
                }));
    await().until(() -> threads.onLoop(order::size) == 3);
    assertThat(order).containsExactly("this turn", "after the next select", "next turn end");
  }
}
