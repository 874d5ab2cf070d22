package dev.roomcast.testkit.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.hook.HookExecutor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link HookExecutor} must do; each test bears the rule of the port that it checks. A
 * test of your own extends this class and says how to make one.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HookExecutorContract {
  /** As many hooks that wait at once as a busy server has clients, or nearly. */
  private static final int BLOCKED = 1_000;

  /** For subclasses. */
  protected HookExecutorContract() {}

  /** An executor. */
  protected abstract HookExecutor newExecutor();

  /** How long something that must happen may take; the time a failing test costs. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  @Test
  void required_H01_runsNothingInsideTheCall() {
    HookExecutor executor = newExecutor();
    Thread caller = Thread.currentThread();
    CountDownLatch returned = new CountDownLatch(1);
    CountDownLatch elsewhere = new CountDownLatch(1);
    executor.execute(
        () -> {
          if (Thread.currentThread() != caller && awaited(returned)) {
            elsewhere.countDown();
          }
        });
    returned.countDown();

    assertThat(awaited(elsewhere)).as("the task ran, and the call had returned").isTrue();
  }

  @Test
  void required_H02_runsOthersWhileTasksBlock() {
    HookExecutor executor = newExecutor();
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(BLOCKED);
    CountDownLatch other = new CountDownLatch(1);
    try {
      for (int i = 0; i < BLOCKED; i++) {
        executor.execute(
            () -> {
              blocked.countDown();
              awaited(release);
            });
      }
      executor.execute(other::countDown);

      assertThat(awaited(other)).as("a task ran beside %d that block", BLOCKED).isTrue();
    } finally {
      release.countDown();
    }
    assertThat(awaited(blocked)).as("each of them ran").isTrue();
  }

  private boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
