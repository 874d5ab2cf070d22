package dev.roomcast.wire.http;

import dev.roomcast.port.time.TimeSource;
import java.time.Duration;

/**
 * Knows since when a socket has taken nothing of an answer that waits for it. A handler that has
 * nothing to write yet stalls nothing. Told by one thread at a time, whichever answers; asked by
 * the loop.
 */
final class AnswerWatch {
  private final TimeSource time;
  private final Duration patience;

  /** When the socket last took a byte; counts while {@link #waiting}, and so is written first. */
  private volatile long takenAtNanos;

  private volatile boolean waiting;

  AnswerWatch(TimeSource time, Duration patience) {
    this.time = time;
    this.patience = patience;
  }

  /** Whether something has been waiting for all the patience, and the socket took no byte of it. */
  boolean stalled() {
    return waiting && time.nanoTime() - takenAtNanos >= patience.toNanos();
  }

  /** The answer is out, or given up. */
  void end() {
    waiting = false;
  }

  /** The socket took so many bytes, and all that there was or not. */
  void took(long bytes, boolean all) {
    if (all) {
      waiting = false;
    } else if (bytes > 0 || !waiting) {
      takenAtNanos = time.nanoTime();
      waiting = true;
    }
  }
}
