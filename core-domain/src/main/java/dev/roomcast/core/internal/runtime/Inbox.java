package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The only door to a loop from other threads: first in, first out, bounded in bytes of messages,
 * one wake-up for a batch. Thread-safe.
 */
final class Inbox {
  /** A turn drains about so long, then goes through the loop's I/O. */
  private static final long TURN_NANOS = 1_000_000;

  private final EventLoop loop;
  private final TimeSource time;
  private final long maxBytes;
  private final Consumer<Command> executor;
  private final Consumer<Command> abandoner;
  private final Queue<Command> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * An inbox.
   *
   * @param executor gets each command on the loop
   * @param abandoner gets, on any thread, what was accepted and will not be executed, because the
   *     loop was closed in between
   */
  Inbox(
      EventLoop loop,
      TimeSource time,
      long maxBytes,
      Consumer<Command> executor,
      Consumer<Command> abandoner) {
    this.loop = loop;
    this.time = time;
    this.maxBytes = maxBytes;
    this.executor = executor;
    this.abandoner = abandoner;
  }

  /**
   * Submits a command. Only messages are ever refused for want of room: joins, leaves, closes and
   * finished hooks are not, because state would be lost.
   *
   * @return false if the inbox is full or the loop is closed
   */
  boolean submit(Command command) {
    int weight = command.weight();
    if (weight > 0 && bytes.addAndGet(weight) > maxBytes) {
      bytes.addAndGet(-weight);
      return false;
    }
    queue.add(command);
    if (!closed && wake()) {
      return true;
    }
    closed = true;
    boolean refused = queue.remove(command);
    abandonAll();
    return !refused;
  }

  /** Sees to it that the queue is drained; false if the loop is closed. */
  private boolean wake() {
    return awake.get() || !awake.compareAndSet(false, true) || loop.execute(this::drain);
  }

  private void drain() {
    boolean more = true; // also where a command throws: the others must not wait for ever
    try {
      more = executeForOneTurn();
    } finally {
      if (more && !loop.executeAfterIo(this::drain)) {
        closed = true;
        abandonAll();
      }
    }
  }

  /** Executes until the turn is over or nothing is left; true if there is more to do. */
  private boolean executeForOneTurn() {
    long began = time.nanoTime();
    for (Command next = queue.poll(); next != null; next = queue.poll()) {
      bytes.addAndGet(-next.weight());
      executor.accept(next);
      if (time.nanoTime() - began >= TURN_NANOS) {
        return true;
      }
    }
    awake.set(false);
    // Somebody may have added a command after the last poll and seen us awake.
    return !queue.isEmpty() && awake.compareAndSet(false, true);
  }

  // Whoever adds a command after the last poll sees that we are closed, and takes it out again.
  private void abandonAll() {
    for (Command left = queue.poll(); left != null; left = queue.poll()) {
      abandoner.accept(left);
    }
  }
}
