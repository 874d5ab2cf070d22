package dev.roomcast.port.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    var ready = new CompletableFuture<Thread>();
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

  // The pool may drop a task whose submission races with its shutdown; the lock keeps L03.
  @Override
  public synchronized boolean execute(Runnable task) {
    if (executor.isShutdown()) {
      return false;
    }
    executor.execute(() -> run(task));
    return true;
  }

  @Override
  public boolean executeAfterIo(Runnable task) {
    return execute(task);
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    if (!executor.isShutdown()) {
      long nanos = Math.max(TimeUnit.MILLISECONDS.toNanos(1), delay.toNanos());
      var unused = executor.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Runs what was accepted, then ends the thread. */
  @Override
  public synchronized void close() {
    executor.shutdown();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      LOG.log(System.Logger.Level.ERROR, "a task of an event loop threw", thrown);
      if (thrown instanceof VirtualMachineError) {
        // Thrown on, it would end in the pool's future, which nobody reads.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      }
    }
  }
}
