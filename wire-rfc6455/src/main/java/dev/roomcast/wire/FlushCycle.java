package dev.roomcast.wire;

import dev.roomcast.wire.internal.LoopTimers;
import dev.roomcast.wire.internal.Pacing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Joins the sends of one turn of a loop: the first connection with something to write asks for the
 * turn's end, and there each gets one write of all it has queued. Fan-out may wait longer, as
 * {@link Pacing} says; it is written in rounds of those that waited when the round began. Confined
 * to its loop.
 */
final class FlushCycle {
  /**
   * Connections that are written to before the loop looks at its I/O again: at about 3 microseconds
   * each, a large room holds up nobody for more than 2 milliseconds.
   */
  static final int SLICE = 512;

  /** The same where the queues are long: what a kernel copies in about 2 milliseconds. */
  static final long SLICE_BYTES = 8 * 1024 * 1024;

  private final PipeLoop loop;
  private final LoopTimers timers;
  private final Pacing pacing;
  private final Runnable task = this::flushSlice;
  private final Runnable windowEnd = this::windowOver;

  // Rings, no larger than the loop's connections need, also if they never empty.
  private final Queue<Outbound> urgent = new ArrayDeque<>();
  private final Queue<Outbound> paced = new ArrayDeque<>();

  private boolean scheduled;

  /** How many of the paced ones are still to be written to in the current round. */
  private int round;

  private long roundBegan;

  /** Whether a window is open, and whether the one before the next round is over. */
  private boolean held;

  private boolean released;

  /** Messages for connections that waited already, since the last round or window began. */
  private long met;

  FlushCycle(PipeLoop loop, LoopTimers timers, Pacing pacing) {
    this.loop = loop;
    this.timers = timers;
    this.pacing = pacing;
  }

  /** Has a connection flushed at the end of the turn; each asks once until it was flushed. */
  void atTurnEnd(Outbound outbound) {
    urgent.add(outbound);
    schedule();
  }

  /** Has a connection flushed with its round; each asks once until it was flushed with one. */
  void withRound(Outbound outbound) {
    paced.add(outbound);
    if (!held) {
      schedule();
    }
  }

  /** One more message for a connection that waits for its round: a write less. */
  void met() {
    met++;
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      loop.atTurnEnd(task);
    }
  }

  private void flushSlice() {
    try {
      if (round == 0 && !held && !paced.isEmpty()) {
        beginRoundOrWindow();
      }
      flush(SLICE, SLICE_BYTES);
    } finally {
      // Also after an error that goes on to the loop: the others' bytes wait here.
      goOn();
    }
  }

  private void beginRoundOrWindow() {
    long now = timers.now();
    long window = released ? 0 : pacing.window(now, paced.size(), met);
    met = 0;
    if (window > 0) {
      hold(window);
    } else {
      released = false;
      round = paced.size();
      roundBegan = now;
    }
  }

  private void hold(long nanos) {
    held = true;
    loop.after(Duration.ofNanos(nanos), windowEnd);
  }

  private void windowOver() {
    long more = pacing.waited(timers.now(), paced.size(), met);
    if (more > 0) {
      hold(more);
      return;
    }
    held = false;
    released = true;
    schedule();
  }

  private void goOn() {
    boolean more = !urgent.isEmpty() || (!held && !paced.isEmpty());
    if (more && !loop.executeAfterIo(task)) {
      // The loop is closing and takes no more tasks; what waits still gets its attempt.
      round = paced.size();
      flush(Integer.MAX_VALUE, Long.MAX_VALUE);
      more = false;
    }
    scheduled = more;
  }

  /** A round has a quarter for itself, so that no number of answers holds fan-out up. */
  private void flush(int connections, long bytes) {
    boolean shared = round > 0;
    int most = shared ? connections - connections / 4 : connections;
    long left = shared ? bytes - bytes / 4 : bytes;
    int spared = connections - most;
    // Those only that wait now: a connection that is flushed may ask again.
    for (int i = Math.min(urgent.size(), most); i > 0 && left > 0; i--, most--) {
      left -= urgent.remove().flushAtTurnEnd();
    }
    if (shared) {
      flushRound(most + spared, left + bytes / 4);
    }
  }

  private void flushRound(int connections, long bytes) {
    long left = bytes;
    for (int most = connections; round > 0 && most > 0 && left > 0; most--) {
      round--;
      left -= paced.remove().flushWithRound();
    }
    if (round == 0) {
      pacing.wrote(roundBegan, timers.now());
    }
  }
}
