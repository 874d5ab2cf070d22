package dev.roomcast.testkit.time;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A hook on a thread of its own that runs only while the world waits for it: the turn is handed
 * over and back, so that there is never more than one thread at work and every run is the same.
 */
final class HookThread {
  private final Semaphore hookTurn = new Semaphore(0);
  private final Semaphore worldTurn = new Semaphore(0);
  private final Thread thread;
  private @Nullable Throwable failure;
  private boolean started;
  private boolean done;

  HookThread(Runnable task) {
    this.thread =
        Thread.ofVirtual()
            .name("simulated-hook")
            .unstarted(
                () -> {
                  try {
                    task.run();
                  } catch (RuntimeException | Error thrown) {
                    failure = thrown;
                  } finally {
                    done = true;
                    worldTurn.release();
                  }
                });
  }

  boolean is(Thread other) {
    return thread == other;
  }

  /**
   * World's side: gives the turn to the hook; returns, with true at its end, when it gave it back.
   */
  boolean runUntilItYields() {
    if (started) {
      hookTurn.release();
    } else {
      started = true;
      thread.start();
    }
    worldTurn.acquireUninterruptibly();
    return done;
  }

  /** Hook's side: gives the turn back until the world resumes this hook. */
  void yieldTurn() {
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "only the hook itself may pause, not " + Thread.currentThread());
    }
    worldTurn.release();
    hookTurn.acquireUninterruptibly();
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public String toString() {
    return thread.getName();
  }
}
