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

  /** TLS has taken bytes that the socket has not; {@link #takenAtNanos} counts then, too. */
  private volatile boolean held;

  AnswerWatch(TimeSource time, Duration patience) {
    this.time = time;
    this.patience = patience;
  }

  /** Whether something has been waiting for all the patience, and the socket took no byte of it. */
  boolean stalled() {
    return (waiting || held) && time.nanoTime() - takenAtNanos >= patience.toNanos();
  }

  /** The answer is out, or given up. */
  void end() {
    waiting = false;
    held = false;
  }

  /** What stands between this and the socket holds something back, or no longer. */
  void holds(boolean something) {
    if (something && !held && !waiting) {
      takenAtNanos = time.nanoTime();
    }
    held = something;
  }

  /** The socket took some of what waits or is held, and nobody knows how much is left. */
  void tookSome() {
    if (waiting || held) {
      takenAtNanos = time.nanoTime();
    }
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
