package dev.roomcast.wire.loop;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to run at which time, in the order of the times. Confined to its loop. */
final class Timers {
  /** No timer waits. */
  static final long NEVER = Long.MAX_VALUE;

  private record Timer(long atNanos, long order, Runnable task) {}

  // By differences, since the clock may pass Long.MAX_VALUE; of equal times the first one added.
  private final PriorityQueue<Timer> waiting =
      new PriorityQueue<>(
          ((Comparator<Timer>) (a, b) -> Long.signum(a.atNanos() - b.atNanos()))
              .thenComparingLong(Timer::order));

  private long added;

  void add(long atNanos, Runnable task) {
    waiting.add(new Timer(atNanos, added++, task));
  }

  /** Takes the next task that is due; null if none is. */
  @Nullable Runnable due(long nowNanos) {
    Timer first = waiting.peek();
    if (first == null || first.atNanos() - nowNanos > 0) {
      return null;
    }
    waiting.remove();
    return first.task();
  }

  /** How long until the next one is due, 0 or more, or {@link #NEVER}. */
  long nanosToNext(long nowNanos) {
    Timer first = waiting.peek();
    return first == null ? NEVER : Math.max(0, first.atNanos() - nowNanos);
  }
}
