package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.options.LimitOptions;
import dev.roomcast.port.codec.Envelope;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One client's messages, worked off in order and one at a time. Bounded: beyond the bound the
 * session asks its connection for no more. Confined to the session's loop.
 */
final class Mailbox {

  /** What is worked off. */
  sealed interface Work {
    /** The connected hook; always first. */
    record Greet() implements Work {}

    /** A message. */
    record Handle(Envelope envelope) implements Work {}
  }

  /** Works off. */
  interface Worker {
    /** Begins; calls {@link Mailbox#finished} on the loop when it is done, now or later. */
    void begin(Work work);
  }

  /** What an envelope costs besides its texts, roughly. */
  private static final int OVERHEAD_BYTES = 64;

  private final Worker worker;
  private final LimitOptions limits;
  private @Nullable Queue<Work> waiting; // while there is any: an idle session keeps none
  private int bytes;
  private boolean busy;
  private boolean draining;

  Mailbox(Worker worker, LimitOptions limits) {
    this.worker = worker;
    this.limits = limits;
  }

  void offer(Work work) {
    if (waiting == null) {
      waiting = new ArrayDeque<>();
    }
    waiting.add(work);
    bytes += size(work);
    drain();
  }

  /** Whether there is room for one more. */
  boolean hasRoom() {
    return waiting == null
        || (waiting.size() < limits.mailboxMessages() && bytes < limits.mailboxBytes());
  }

  /** The work at hand is done. */
  void finished() {
    busy = false;
    drain();
  }

  /**
   * Drops what waits; what runs goes on and its result is of no consequence.
   *
   * @return how many were dropped
   */
  int clear() {
    int dropped = waiting == null ? 0 : waiting.size();
    waiting = null;
    bytes = 0;
    return dropped;
  }

  // A loop rather than recursion: work that finishes at once would grow the stack.
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (!busy && waiting != null) {
        Work next = waiting.poll();
        if (next == null) {
          waiting = null;
        } else {
          bytes -= size(next);
          busy = true;
          worker.begin(next);
        }
      }
    } finally {
      draining = false;
    }
  }

  private static int size(Work work) {
    return switch (work) {
      case Work.Greet greet -> 0;
      case Work.Handle(Envelope envelope) ->
          OVERHEAD_BYTES
              + envelope.event().length()
              + (envelope.data() == null ? 0 : envelope.data().size());
    };
  }
}
