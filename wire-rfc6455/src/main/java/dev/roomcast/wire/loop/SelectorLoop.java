package dev.roomcast.wire.loop;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.wire.PipeLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A selector as an event loop: tasks, timers and ends of turns around its looks for I/O.
 *
 * <p>Whoever owns the selector calls {@link #select} again and again, and between two calls hands
 * over by {@link #ready} what the selector has reported; {@link #run} does both. A turn serves
 * that, then what waited for I/O, then timers, tasks and ends of the turn; then the selector looks
 * for I/O, and waits for it unless there is more to do. The calling thread may change from turn to
 * turn if the owner orders the two. Thread-safe where the port says so; the rest is confined to the
 * loop.
 */
public final class SelectorLoop implements PipeLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);

  /** So that tasks which bring forth tasks do not keep the loop from its I/O. */
  private static final int TASKS_A_TURN = 4096;

  private static final long NANOS_A_MILLI = 1_000_000;

  private final String name;
  private final TimeSource time;
  private final Object gate = new Object();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asleep = new AtomicBoolean();

  /** What it sleeps in; written before {@link #asleep} is set. */
  private volatile @Nullable Selector selector;

  /** Who is inside a turn. Another thread may read it late, but never finds itself there. */
  private @Nullable Thread running;

  /** Written with the gate held; read on the loop or with the gate held. */
  private boolean closed;

  /** It was closed since the last look for I/O, and so the owner is to look whether it is done. */
  private final AtomicBoolean closeUnnoticed = new AtomicBoolean();

  /** There are no turns any more. As {@link #closed}. */
  private boolean ended;

  // Confined to the loop.
  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final Queue<Runnable> afterIo = new ArrayDeque<>();
  private final Queue<Runnable> turnEnds = new ArrayDeque<>();
  private final Timers timers = new Timers();
  private long turnsMade;

  /**
   * A loop that runs once somebody calls {@link #select}.
   *
   * @param name for logs
   * @param time of its timers
   */
  public SelectorLoop(String name, TimeSource time) {
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

  /**
   * Makes turns until the loop is closed and nothing is left to run, then closes the selector: the
   * whole work of a thread that has no other. What is ready is served by the {@link Runnable} that
   * is attached to its key.
   *
   * @throws UncheckedIOException if the selector fails
   */
  public void run(Selector owned) {
    try (owned) {
      while (!done()) {
        select(owned);
        owned.selectedKeys().forEach(key -> ready((Runnable) key.attachment()));
        owned.selectedKeys().clear();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("selector of " + name, failed);
    } finally {
      end();
    }
  }

  /** Has something that the selector reported served first in the next turn. Between turns. */
  public void ready(Runnable serving) {
    ready.add(serving);
  }

  /**
   * One turn, then a look for I/O, for which it waits if there is nothing else to do. By the owner
   * of the selector, always the same one.
   *
   * @return what the selector returned
   */
  public int select(Selector owned) throws IOException {
    selector = owned;
    running = Thread.currentThread();
    try {
      turn();
    } finally {
      running = null;
    }
    asleep.set(true);
    try {
      // Asked after the flag was set: who came before it does not wake anybody.
      return busy() || closeUnnoticed.getAndSet(false) ? owned.selectNow() : sleep(owned);
    } finally {
      asleep.set(false);
    }
  }

  private int sleep(Selector owned) throws IOException {
    long nanos = timers.nanosToNext(time.nanoTime());
    // Rounded up, so that no timer is looked for early; 0 would be for ever.
    return nanos == Timers.NEVER
        ? owned.select()
        : owned.select(Math.max(1, (nanos + NANOS_A_MILLI - 1) / NANOS_A_MILLI));
  }

  private void turn() {
    turnsMade++;
    // Not what is asked for while this turn serves: the look for I/O before it does not count.
    int hadIo = afterIo.size();
    runAll(ready);
    run(afterIo, hadIo);
    if (!closed) {
      for (Runnable due = due(); due != null; due = due()) {
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

  private @Nullable Runnable due() {
    return timers.due(time.nanoTime());
  }

  /** What these ask for in turn waits for the next look at I/O. */
  private static void runAll(Queue<Runnable> queue) {
    run(queue, queue.size());
  }

  private static void run(Queue<Runnable> queue, int count) {
    for (int left = count; left > 0; left--) {
      run(queue.remove());
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      LOG.error("a task of an event loop threw", thrown);
      if (thrown instanceof VirtualMachineError) {
        // Told as if it had gone on; thrown on, an owner could take it for a broken selector.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      }
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

  /**
   * Queues a task without regard to {@link #close}: for pipes, which tell their end until there are
   * no turns any more. Any thread.
   *
   * @return false if there are none
   */
  public boolean post(Runnable task) {
    synchronized (gate) {
      if (ended) {
        return false;
      }
      tasks.add(task);
    }
    wakeUp();
    return true;
  }

  /** How many turns it has made: a loop that waits makes none. On the loop. */
  public long turnsMade() {
    return turnsMade;
  }

  /** Completes when everything queued up to now has run. Any thread. */
  public CompletableFuture<Void> settled() {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    if (!post(() -> settled.complete(null))) {
      settled.complete(null);
    }
    return settled;
  }

  /** Accepts no task any more; what was accepted runs in the turns to come. Any thread. */
  public void close() {
    synchronized (gate) {
      closed = true;
    }
    closeUnnoticed.set(true);
    wakeUp();
  }

  /** Whether it was closed and no task is left to run. Between turns. */
  public boolean done() {
    synchronized (gate) {
      return closed && !busy();
    }
  }

  /** The owner makes no more turns; what is left of the tasks runs here, one after the other. */
  public void end() {
    synchronized (gate) {
      closed = true;
      ended = true;
    }
    running = Thread.currentThread();
    try {
      while (busy()) {
        turn();
      }
    } finally {
      running = null;
    }
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
