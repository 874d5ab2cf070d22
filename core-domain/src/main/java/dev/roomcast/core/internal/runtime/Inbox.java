package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
  private final Queue<Command> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean awake = new AtomicBoolean();

  Inbox(EventLoop loop, TimeSource time, long maxBytes, Consumer<Command> executor) {
    this.loop = loop;
    this.time = time;
    this.maxBytes = maxBytes;
    this.executor = executor;
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
    return awake.get() || !awake.compareAndSet(false, true) || loop.execute(this::drain);
  }

  private void drain() {
    long began = time.nanoTime();
    @Nullable Command next = queue.poll();
    while (next != null) {
      bytes.addAndGet(-next.weight());
      executor.accept(next);
      if (time.nanoTime() - began >= TURN_NANOS) {
        loop.executeAfterIo(this::drain);
        return;
      }
      next = queue.poll();
    }
    awake.set(false);
    // Somebody may have added a command after the last poll and seen us awake.
    if (!queue.isEmpty() && awake.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }
}
