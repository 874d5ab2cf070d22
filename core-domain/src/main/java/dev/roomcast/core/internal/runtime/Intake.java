package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.model.TokenBucket;
import dev.roomcast.core.options.LimitOptions;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a session reads: one message after the other while its mailbox has room, no more of them a
 * second than allowed, and when it heard the last. Confined to its loop, except {@link #lastNanos}.
 */
final class Intake {
  private final Connection connection;
  private final Mailbox mailbox;
  private final TimeSource time;
  private final @Nullable TokenBucket rate;
  private boolean paused;
  private long pausedNanos; // since when, if it is
  private volatile long lastNanos;

  Intake(Connection connection, Mailbox mailbox, LimitOptions limits, TimeSource time) {
    this.connection = connection;
    this.mailbox = mailbox;
    this.time = time;
    lastNanos = time.nanoTime();
    rate =
        limits.messagesPerSecond() == 0
            ? null
            : new TokenBucket(limits.messagesPerSecond(), limits.messageBurst(), lastNanos);
  }

  /** A message came; says whether the client may have sent it by now. */
  boolean accept() {
    long now = time.nanoTime();
    lastNanos = now;
    return rate == null || rate.take(now);
  }

  /** Asks for the next message; one at a time, so that the mailbox's bound in bytes holds. */
  void demand() {
    if (mailbox.hasRoom()) {
      connection.demand(1);
    } else {
      paused = true;
      pausedNanos = time.nanoTime();
    }
  }

  /** The mailbox may have room again. */
  void resume() {
    if (paused && mailbox.hasRoom()) {
      paused = false;
      // It was we who did not listen.
      lastNanos = time.nanoTime();
      if (rate != null) {
        rate.excuse(pausedNanos, lastNanos);
      }
      connection.demand(1);
    }
  }

  /** Whether we listened, and nothing came for longer than that. */
  boolean silentFor(Duration longest) {
    return !paused && time.nanoTime() - lastNanos > longest.toNanos();
  }

  /** When a message came last; the opening where none came yet. Any thread. */
  long lastNanos() {
    return lastNanos;
  }
}
