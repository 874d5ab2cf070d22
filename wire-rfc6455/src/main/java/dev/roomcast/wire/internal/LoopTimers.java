package dev.roomcast.wire.internal;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All deadlines of a loop's connections behind one timer: a heap in which each connection stands at
 * most once, at the earliest time at which something may be due. A deadline that moves away is not
 * moved here; the connection is asked when the old one comes and says the new one. So hearing from
 * a peer costs nothing. Confined to its loop.
 */
public final class LoopTimers {
  /** A time that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Someone with deadlines. */
  public abstract static class Timed {
    private static final int NOWHERE = -1;

    private int slot = NOWHERE;
    private long askAt = NEVER;

    /**
     * Does what is due.
     *
     * @return when to ask again, or {@link #NEVER}
     */
    protected abstract long due(long now);
  }

  private final EventLoop loop;
  private final TimeSource time;
  private final long origin;

  /** Deadlines are served in steps of this, so that many a little apart cost one timer. */
  private final long tick;

  private final Runnable fire = this::fire;
  private @Nullable Timed[] heap = new @Nullable Timed[16];
  private int size;

  /** When the earliest timer that was asked for comes. */
  private long armedFor = NEVER;

  private boolean firing;

  public LoopTimers(EventLoop loop, TimeSource time, Duration tick) {
    this.loop = loop;
    this.time = time;
    this.tick = tick.toNanos();
    origin = time.nanoTime();
  }

  /** Nanoseconds since this was made: small, never negative, and so comparable as they are. */
  public long now() {
    return time.nanoTime() - origin;
  }

  /** Asks at {@code at}, or earlier if that was arranged before. */
  public void schedule(Timed timed, long at) {
    if (at == NEVER || (timed.slot != Timed.NOWHERE && timed.askAt <= at)) {
      return;
    }
    if (timed.slot == Timed.NOWHERE) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      timed.slot = size++;
    }
    timed.askAt = at;
    up(timed);
    arm();
  }

  /** Asks no more. */
  public void cancel(Timed timed) {
    if (timed.slot == Timed.NOWHERE) {
      return;
    }
    Timed last = at(--size);
    heap[size] = null;
    if (last.slot != timed.slot) {
      last.slot = timed.slot;
      up(last);
      down(last);
    }
    timed.slot = Timed.NOWHERE;
    timed.askAt = NEVER;
  }

  private void fire() {
    long now = now();
    if (now >= armedFor) {
      armedFor = NEVER;
    }
    firing = true;
    try {
      while (size > 0 && at(0).askAt <= now) {
        Timed first = at(0);
        cancel(first);
        schedule(first, Math.max(now + 1, first.due(now)));
      }
    } finally {
      firing = false;
      arm();
    }
  }

  private void arm() {
    if (size == 0 || firing) {
      return;
    }
    long ticks = Math.max(0, at(0).askAt - 1) / tick + 1;
    long at = ticks * tick;
    if (at < armedFor) {
      armedFor = at;
      loop.after(Duration.ofNanos(Math.max(1_000_000, at - now())), fire);
    }
  }

  private void up(Timed timed) {
    int slot = timed.slot;
    while (slot > 0 && at((slot - 1) / 2).askAt > timed.askAt) {
      place(at((slot - 1) / 2), slot);
      slot = (slot - 1) / 2;
    }
    place(timed, slot);
  }

  private void down(Timed timed) {
    int slot = timed.slot;
    for (int child = 2 * slot + 1; child < size; child = 2 * slot + 1) {
      if (child + 1 < size && at(child + 1).askAt < at(child).askAt) {
        child++;
      }
      if (at(child).askAt >= timed.askAt) {
        break;
      }
      place(at(child), slot);
      slot = child;
    }
    place(timed, slot);
  }

  private void place(Timed timed, int slot) {
    heap[slot] = timed;
    timed.slot = slot;
  }

  private Timed at(int slot) {
    Timed timed = heap[slot];
    if (timed == null) {
      throw new AssertionError(slot);
    }
    return timed;
  }
}
