package dev.roomcast.wire;

import dev.roomcast.port.transport.Flush;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Joins the sends of one turn of a loop: the first connection with something to write asks for the
 * turn's end, and there each gets one write of all it has queued. Confined to its loop.
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
  private final Runnable task = this::flushSlice;

  /** A ring, no larger than the loop's connections need, also if it never empties. */
  private final Queue<Outbound> waiting = new ArrayDeque<>();

  private boolean scheduled;

  FlushCycle(PipeLoop loop) {
    this.loop = loop;
  }

  /**
   * Has a connection flushed at the end of the turn; each asks once until it was flushed.
   *
   * @param flush both kinds leave at the turn's end; a window for {@link Flush#PACED} would open
   *     here
   */
  void request(Outbound outbound, Flush flush) {
    waiting.add(outbound);
    if (!scheduled) {
      scheduled = true;
      loop.atTurnEnd(task);
    }
  }

  private void flushSlice() {
    try {
      flush(Math.min(waiting.size(), SLICE), SLICE_BYTES);
    } finally {
      // Also after an error that goes on to the loop: the others' bytes wait here.
      goOn();
    }
  }

  private void goOn() {
    if (!waiting.isEmpty() && !loop.executeAfterIo(task)) {
      // The loop is closing and takes no more tasks; what waits still gets its attempt.
      flush(waiting.size(), Long.MAX_VALUE);
    }
    scheduled = !waiting.isEmpty();
  }

  private void flush(int connections, long bytes) {
    long left = bytes;
    for (int i = 0; i < connections && left > 0; i++) {
      left -= waiting.remove().flush();
    }
  }
}
