package dev.roomcast.jetty.internal;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.wire.PipeLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of Jetty's selectors as the loop of its connections.
 *
 * <p>Everything of the loop happens inside {@link #select}, which Jetty calls once it has handed
 * out what the select before has reported: sockets that are ready are served, then timers, tasks
 * and ends of the turn run, then the selector looks for I/O again. The thread may be another one in
 * the next turn; Jetty orders the two. Thread-safe where the port says so; the rest is confined to
 * the loop.
 */
final class SelectorLoop implements PipeLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);

  /** How much one connection reads before the others have their turn. */
  private static final int READ_BYTES = 64 * 1024;

  /** So that tasks which bring forth tasks do not keep the loop from its I/O. */
  private static final int TASKS_A_TURN = 4096;

  private final String name;
  private final TimeSource time;
  private final Object gate = new Object();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asleep = new AtomicBoolean();

  /** What it sleeps in; written before {@link #asleep} is set. */
  private volatile @Nullable Selector selector;

  /**
   * The thread that is inside a turn. Plain: another thread may read it late, but never finds
   * itself there.
   */
  private @Nullable Thread running;

  /** Written with the gate held; read on the loop or with the gate held. */
  private boolean closed;

  /** Jetty's selector has stopped: there are no turns any more. As {@link #closed}. */
  private boolean ended;

  // Confined to the loop.
  private final Queue<SocketPipe> ready = new ArrayDeque<>();
  private final Queue<Runnable> afterIo = new ArrayDeque<>();
  private final Queue<Runnable> turnEnds = new ArrayDeque<>();
  private final Timers timers = new Timers();
  private final Set<SocketPipe> pipes = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);

  SelectorLoop(String name, TimeSource time) {
    this.name = name;
    this.time = time;
  }

  @Override
  public boolean inLoop() {
    return running == Thread.currentThread();
  }

  @Override
  public boolean execute(Runnable task) {
    if (inLoop()) {
      return !closed && tasks.add(task);
    }
    // Without the gate a task could be accepted after the loop has run its last one.
    synchronized (gate) {
      if (closed) {
        return false;
      }
      tasks.add(task);
    }
    wakeUp();
    return true;
  }

  @Override
  public boolean executeAfterIo(Runnable task) {
    return !closed && afterIo.add(task);
  }

  @Override
  public void atTurnEnd(Runnable task) {
    turnEnds.add(task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    long at = time.nanoTime() + delay.toNanos();
    if (inLoop()) {
      timers.add(at, task);
    } else {
      // Timers of a closed loop do not run.
      boolean unused = execute(() -> timers.add(at, task));
    }
  }

  /** A pipe of this loop can read or write; served in the turn that comes next. */
  void ready(SocketPipe pipe) {
    ready.add(pipe);
  }

  /** One turn, then a look for I/O, for which it waits if there is nothing else to do. */
  int select(Selector jettys) throws IOException {
    selector = jettys;
    running = Thread.currentThread();
    try {
      turn();
    } finally {
      running = null;
    }
    if (busy()) {
      return jettys.selectNow();
    }
    asleep.set(true);
    try {
      // Who added a task before this flag was there does not wake anybody.
      return tasks.isEmpty() ? sleep(jettys) : jettys.selectNow();
    } finally {
      asleep.set(false);
    }
  }

  private int sleep(Selector jettys) throws IOException {
    long nanos = timers.nanosToNext(time.nanoTime());
    // Rounded up, so that no timer fires early; 0 would be for ever.
    return nanos == Timers.NEVER
        ? jettys.select()
        : jettys.select(Math.max(1, (nanos + 999_999) / 1_000_000));
  }

  private void turn() {
    for (SocketPipe pipe = ready.poll(); pipe != null; pipe = ready.poll()) {
      serve(pipe);
    }
    runAll(afterIo);
    if (!closed) {
      for (Runnable due = timers.due(time.nanoTime());
          due != null;
          due = timers.due(time.nanoTime())) {
        run(due);
      }
    }
    for (int left = TASKS_A_TURN; left > 0; left--) {
      Runnable task = tasks.poll();
      if (task == null) {
        break;
      }
      run(task);
    }
    runAll(turnEnds);
  }

  /** What these ask for in turn waits for the next look at I/O. */
  private static void runAll(Queue<Runnable> queue) {
    for (int left = queue.size(); left > 0; left--) {
      run(queue.remove());
    }
  }

  private static void serve(SocketPipe pipe) {
    try {
      pipe.ready();
    } catch (RuntimeException | Error thrown) {
      survive(thrown);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      survive(thrown);
    }
  }

  private static void survive(Throwable thrown) {
    LOG.error("a task of an event loop threw", thrown);
    if (thrown instanceof VirtualMachineError) {
      // Thrown on, Jetty would take it for a broken selector and go on with another.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
  }

  private boolean busy() {
    return !tasks.isEmpty() || !afterIo.isEmpty() || !turnEnds.isEmpty();
  }

  private void wakeUp() {
    Selector sleeping = selector;
    if (sleeping != null && asleep.compareAndSet(true, false)) {
      sleeping.wakeup();
    }
  }

  /** The loop's one buffer to read into. On the loop. */
  ByteBuffer readBuffer() {
    return readBuffer;
  }

  /** A pipe lives here until {@link #remove}. On the loop. */
  void add(SocketPipe pipe) {
    pipes.add(pipe);
  }

  void remove(SocketPipe pipe) {
    pipes.remove(pipe);
  }

  /**
   * Queues a task without regard to {@link #close}. Any thread.
   *
   * @return false if there are no turns any more
   */
  boolean post(Runnable task) {
    synchronized (gate) {
      if (ended) {
        return false;
      }
      tasks.add(task);
    }
    wakeUp();
    return true;
  }

  /** Completes when everything queued up to now has run. Any thread. */
  CompletableFuture<Void> settled() {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    if (!post(() -> settled.complete(null))) {
      settled.complete(null);
    }
    return settled;
  }

  /**
   * Aborts the pipes, tells their listeners, and accepts nothing more. The selector goes on.
   *
   * @return completes when everything that was accepted has run
   */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    boolean alive =
        post(
            () -> {
              List.copyOf(pipes).forEach(SocketPipe::abort);
              // Behind what the aborts have queued: a listener may still use its loop.
              post(() -> seal(ran));
            });
    if (!alive) {
      ran.complete(null);
    }
    return ran;
  }

  private void seal(CompletableFuture<Void> ran) {
    synchronized (gate) {
      closed = true;
    }
    runAll(afterIo);
    post(() -> ran.complete(null));
  }

  /** Jetty's selector has stopped: what is left of the tasks runs here. */
  void end() {
    synchronized (gate) {
      closed = true;
      ended = true;
    }
    running = Thread.currentThread();
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        run(task);
      }
    } finally {
      running = null;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
