package dev.roomcast.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The inbox under threads that really run at the same time. */
final class InboxStressTest {
  private static final int THREADS = 4;

  @Test
  void keepsTheOrderOfEachThread() {
    try (var loop = EventLoop.singleThread("stress")) {
      int each = 20_000;
      int[] last = new int[THREADS];
      AtomicInteger outOfOrder = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(THREADS * each);
      Inbox inbox = inbox(loop, new AtomicInteger());
      race(
          thread -> {
            for (int i = 1; i <= each; i++) {
              int number = i;
              inbox.submit(
                  new Command.Continue(
                      () -> {
                        if (last[thread] != number - 1) {
                          outOfOrder.incrementAndGet();
                        }
                        last[thread] = number;
                        done.countDown();
                      }));
            }
          });

      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> done.getCount() == 0);
      assertThat(outOfOrder).hasValue(0);
    }
  }

  @RepeatedTest(20)
  void losesNothingWhenTheLoopIsClosedInBetween() {
    AtomicInteger executed = new AtomicInteger();
    AtomicInteger abandoned = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    var loop = EventLoop.singleThread("stress");
    Inbox inbox = inbox(loop, abandoned);
    race(
        thread -> {
          for (int i = 0; i < 2_000; i++) {
            if (thread == 0 && i == 1_000) {
              loop.close();
            }
            if (inbox.submit(new Command.Continue(executed::incrementAndGet))) {
              accepted.incrementAndGet();
            }
          }
        });

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(executed.get() + abandoned.get()).isEqualTo(accepted.get()));
  }

  private static Inbox inbox(EventLoop loop, AtomicInteger abandoned) {
    return new Inbox(
        loop,
        TimeSource.system(),
        1_000,
        command -> {
          if (command instanceof Command.Continue(Runnable step)) {
            step.run();
          }
        },
        command -> abandoned.incrementAndGet());
  }

  private interface Work {
    void run(int thread);
  }

  private static void race(Work work) {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                    } catch (InterruptedException stop) {
                      return;
                    }
                    work.run(thread);
                  }));
    }
    start.countDown();
    for (Thread one : threads) {
      try {
        one.join();
      } catch (InterruptedException stop) {
        throw new AssertionError(stop);
      }
    }
  }
}
