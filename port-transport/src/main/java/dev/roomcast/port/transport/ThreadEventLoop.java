package dev.roomcast.port.transport;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An event loop on one daemon thread without I/O of its own, for transports whose library has no
 * loop. Thread-safe.
 */
public final class ThreadEventLoop implements EventLoop, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ThreadEventLoop.class.getName());

  private final ScheduledThreadPoolExecutor executor;
  private final Thread thread;

  ThreadEventLoop(String name) {
    // The one thread is known from the start, so that inLoop needs no thread-local.
    var ready = new java.util.concurrent.CompletableFuture<Thread>();
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread created = new Thread(work, name);
              created.setDaemon(true);
              ready.complete(created);
              return created;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.prestartCoreThread();
    thread = ready.join();
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public boolean execute(Runnable task) {
    try {
      executor.execute(() -> run(task));
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  @Override
  public boolean executeAfterIo(Runnable task) {
    return execute(task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    try {
      var unused =
          executor.schedule(
              () -> run(task), Math.max(1_000_000, delay.toNanos()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, "timer after close of {0}", thread.getName());
    }
  }

  /** Runs what was accepted, then ends the thread. */
  @Override
  public void close() {
    executor.shutdown();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      LOG.log(System.Logger.Level.ERROR, "a task of an event loop threw", thrown);
      if (thrown instanceof VirtualMachineError fatal) {
        throw fatal;
      }
    }
  }
}
