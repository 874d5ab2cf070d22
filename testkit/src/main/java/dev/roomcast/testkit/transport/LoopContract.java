package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Flush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The event loop of a connection: rules L01 to L06. */
abstract class LoopContract extends BackpressureContract {

  /** Written without any care: only a loop that keeps L01 counts right. */
  private static final class Count {
    private int value;
    private boolean inside;
    private boolean overlapped;

    void up() {
      overlapped |= inside;
      inside = true;
      int before = value;
      for (int i = 0; i < 50; i++) {
        Thread.onSpinWait();
      }
      value = before + 1;
      inside = false;
    }
  }

  @Test
  void required_L01_runsOneTaskAtATime() throws Exception {
    Count count = new Count();
    start()
        .onOpen(
            end -> {
              end.connection().demand(1_000);
              end.onMessage((to, text) -> count.up());
            });
    RawWebSocket client = open();
    EventLoop loop = end().connection().loop();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<CompletableFuture<Void>> jobs = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        jobs.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < 2_000; i++) {
                    assertThat(loop.execute(count::up)).isTrue();
                    if (i % 50 == 0) {
                      loop.after(Duration.ofMillis(1 + i % 7), count::up);
                    }
                  }
                },
                threads));
      }
      numbers(1_000).forEach(client::send);
      for (CompletableFuture<Void> job : jobs) {
        job.get(patience().toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    eventually(() -> end().ask(to -> count.value == 4 * 2_000 + 4 * 40 + 1_000));
    boolean overlapped = end().ask(to -> count.overlapped);
    assertThat(overlapped).isFalse();
  }

  @Test
  void required_L01_knowsWhetherItRuns() {
    start();
    open();
    EventLoop loop = end().connection().loop();

    assertThat(loop.inLoop()).isFalse();
    boolean inside = end().ask(to -> loop.inLoop());
    assertThat(inside).isTrue();
  }

  @Test
  void required_L02_runsTasksInOrderAndNeverInsideTheCall() {
    start();
    open();
    EventLoop loop = end().connection().loop();
    List<Integer> order = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    AtomicBoolean insideACall = new AtomicBoolean();
    for (int i = 0; i < 1_000; i++) {
      int number = 2 * i;
      expected.add(number);
      assertThat(loop.execute(() -> order.add(number))).isTrue();
    }
    end()
        .run(
            to -> {
              for (int i = 0; i < 100; i++) {
                int number = 2 * i + 1;
                int before = order.size();
                assertThat(loop.execute(() -> order.add(number))).isTrue();
                insideACall.compareAndSet(false, order.size() != before);
              }
            });
    for (int i = 0; i < 100; i++) {
      expected.add(2 * i + 1);
    }

    List<Integer> ran = end().ask(to -> List.copyOf(order));
    assertThat(ran).isEqualTo(expected);
    assertThat(insideACall).isFalse();
  }

  @Test
  void required_L03_runsWhatItAcceptedAndRefusesTheRest() throws InterruptedException {
    start();
    open();
    EventLoop loop = end().connection().loop();
    AtomicInteger accepted = new AtomicInteger();
    AtomicInteger ran = new AtomicInteger();
    Thread submitter =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (loop.execute(ran::incrementAndGet)) {
                    accepted.incrementAndGet();
                  }
                });
    eventually(() -> ran.get() > 100);
    transport().close();

    assertThat(submitter.join(patience())).as("execute returned false").isTrue();
    eventually(() -> ran.get() == accepted.get());
    assertThat(loop.execute(ran::incrementAndGet)).isFalse();
  }

  @Test
  void required_L04_starvesNobody() {
    start()
        .onOpen(
            end -> {
              end.connection().demand(1_000);
              end.onMessage((to, text) -> to.send(message(text), Flush.TURN_END));
            });
    RawWebSocket client = open();
    EventLoop loop = end().connection().loop();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong rounds = new AtomicLong();
    try {
      assertThat(loop.execute(() -> goOn(loop, stop, rounds))).isTrue();
      eventually(() -> rounds.get() > 100);
      for (String text : numbers(100)) {
        client.send(text);
        assertThat(client.readText()).isEqualTo(text);
      }
    } finally {
      stop.set(true);
    }
  }

  private static void goOn(EventLoop loop, AtomicBoolean stop, AtomicLong rounds) {
    rounds.incrementAndGet();
    if (!stop.get()) {
      var unused = loop.executeAfterIo(() -> goOn(loop, stop, rounds));
    }
  }

  @Test
  void required_L05_runsNoTimerEarly() {
    start();
    open();
    EventLoop loop = end().connection().loop();
    TimeSource time = TimeSource.system();
    List<Long> early = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger fired = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      // Not whole milliseconds: libraries like to truncate them.
      long delayNanos = 1_000_000L + i * 470_000L;
      long start = time.nanoTime();
      loop.after(
          Duration.ofNanos(delayNanos),
          () -> {
            long elapsed = time.nanoTime() - start;
            if (elapsed < delayNanos) {
              early.add(delayNanos - elapsed);
            }
            fired.incrementAndGet();
          });
    }

    eventually(() -> fired.get() == 100);
    assertThat(early).as("nanoseconds early").isEmpty();
  }

  @Test
  void required_L05_runsTimersInTheOrderOfTheirDelays() {
    start();
    open();
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    end()
        .run(
            to -> {
              to.loop().after(Duration.ofMillis(60), () -> order.add(60));
              to.loop().after(Duration.ofMillis(1), () -> order.add(1));
              to.loop().after(Duration.ofMillis(30), () -> order.add(30));
            });

    eventually(() -> order.size() == 3);
    assertThat(order).containsExactly(1, 30, 60);
  }

  @Test
  void required_L06_goesOnAfterATaskThatThrows() {
    start().onOpen(end -> end.connection().demand(5));
    RawWebSocket client = open();
    EventLoop loop = end().connection().loop();
    Runnable boom =
        () -> {
          throw new IllegalStateException("a task that throws, on purpose");
        };
    assertThat(loop.execute(boom)).isTrue();
    loop.after(Duration.ofMillis(1), boom);
    end()
        .run(
            to -> {
              var unused = loop.executeAfterIo(boom);
            });
    client.send("still alive");

    eventually(() -> end().messages().equals(List.of("still alive")));
  }
}
