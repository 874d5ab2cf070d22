package dev.roomcast.wire;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.wire.internal.FrameEncoder;
import dev.roomcast.wire.internal.LoopTimers;
import dev.roomcast.wire.internal.OutboundQueue;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The way out of one connection: its queue, whether its socket takes bytes, and how full it is.
 * Confined to its loop.
 */
final class Outbound {

  /** Who is told, only ever from {@link #flush}, {@link #writable} and {@link #stalled}. */
  interface Owner {
    /** The level changed. */
    void levelChanged(Backpressure level);

    /** Everything that was queued has been written. */
    void drained();

    /** The pipe failed; may come from inside any method. */
    void broken(Exception cause);
  }

  /**
   * A connection that was given so much since its last attempt is written to at once: else a turn
   * with much to send would make a peer look slow that reads all the time.
   */
  static final int WRITE_AT_ONCE = 256 * 1024;

  private final LoopWorld world;
  private final BytePipe pipe;
  private final Owner owner;
  private final LoopTimers.Timed timed;
  private final OutboundQueue queue = new OutboundQueue();

  private Backpressure level = Backpressure.CLEAR;
  private boolean waiting;
  private boolean blocked;
  private boolean gone;
  private int sinceAttempt;

  /** Bytes that the socket took, ever, and at the last look at the level. */
  private long taken;

  private long takenAtLevel;

  /** When the socket last took a byte, as far as that matters: while something waits. */
  private long takenAt;

  Outbound(LoopWorld world, BytePipe pipe, Owner owner, LoopTimers.Timed timed) {
    this.world = world;
    this.pipe = pipe;
    this.owner = owner;
    this.timed = timed;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  long queuedBytes() {
    return queue.queuedBytes();
  }

  /** Queues a message's frame. */
  void send(byte[] frame, Flush flush) {
    queue.add(frame);
    sinceAttempt += frame.length;
    if (sinceAttempt > WRITE_AT_ONCE) {
      write();
    }
    request(flush);
  }

  /** Queues a ping, before what waits for a socket that takes nothing. */
  void ping() {
    if (blocked) {
      queue.addInFront(FrameEncoder.PING);
    } else {
      queue.add(FrameEncoder.PING);
    }
    request(Flush.TURN_END);
  }

  /** Queues a pong; while the socket takes nothing, at most the latest one waits in front. */
  void pong(ByteBuffer payload) {
    byte[] pong = FrameEncoder.pong(payload);
    if (blocked) {
      queue.addPongInFront(pong);
    } else {
      queue.add(pong);
    }
    request(Flush.TURN_END);
  }

  /** Queues the last frame. */
  void close(CloseStatus status) {
    queue.add(FrameEncoder.close(status));
    request(Flush.TURN_END);
  }

  /**
   * Drops what was not begun.
   *
   * @return how many messages are lost
   */
  int discard() {
    return queue.discardUnbegun();
  }

  /**
   * Drops everything; nothing is written any more.
   *
   * @return how many messages are lost
   */
  int end() {
    gone = true;
    return queue.clear();
  }

  private void request(Flush flush) {
    if (!waiting && !gone) {
      waiting = true;
      world.flushCycle.request(this, flush);
    }
  }

  /**
   * The turn's end, for a connection that asked for it.
   *
   * @return how many bytes the socket took
   */
  long flush() {
    waiting = false;
    long before = taken;
    // A socket that takes nothing says when it takes again; it is asked only before it is blamed.
    if (!blocked || nextLevel() != level) {
      write();
    }
    tell();
    return taken - before;
  }

  /** The socket takes bytes again. */
  void writable() {
    write();
    tell();
  }

  /** When {@link #stalled} has something to say unless the socket takes a byte. */
  long stallDue() {
    boolean blamed = level == Backpressure.STALLED || level == Backpressure.OVER_LIMIT;
    return blocked && !blamed ? takenAt + world.stallTimeout : LoopTimers.NEVER;
  }

  /** The time has come; the socket is tried once more, which also finds out that it is broken. */
  void stalled(long now) {
    write();
    tell();
    if (!gone && now >= stallDue()) {
      level = Backpressure.STALLED;
      owner.levelChanged(level);
    }
  }

  private void write() {
    if (gone) {
      return;
    }
    sinceAttempt = 0;
    long before = taken;
    try {
      while (!queue.isEmpty()) {
        ByteBuffer composed = world.composer.compose(queue);
        int offered = composed.remaining();
        int now = pipe.write(composed);
        if (now < 0 || now > offered) {
          throw new IOException("pipe took " + now + " of " + offered + " bytes");
        }
        queue.taken(now);
        taken += now;
        if (now < offered) {
          block(taken > before);
          return;
        }
      }
      unblock();
    } catch (IOException | RuntimeException cause) {
      // One broken pipe must not end the flush of the others.
      owner.broken(cause);
    }
  }

  private void block(boolean progress) {
    if (!blocked) {
      blocked = true;
      pipe.wantWrite(true);
    } else if (!progress) {
      return;
    }
    takenAt = world.timers.now();
    world.timers.schedule(timed, takenAt + world.stallTimeout);
  }

  private void unblock() {
    if (blocked) {
      blocked = false;
      pipe.wantWrite(false);
    }
  }

  /** The owner may do anything in between, also end this. */
  private void tell() {
    if (gone) {
      return;
    }
    Backpressure next = nextLevel();
    takenAtLevel = taken;
    if (next != level) {
      level = next;
      owner.levelChanged(next);
    }
    if (!gone && queue.isEmpty()) {
      owner.drained();
    }
  }

  private Backpressure nextLevel() {
    boolean progress = taken > takenAtLevel;
    return world.watermarks.next(level, queue.queuedBytes(), queue.messages(), progress);
  }
}
