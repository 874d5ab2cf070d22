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
 *
 * <p>The connection inherits it, so that all that a delivery touches lies together in one object.
 */
abstract class Outbound extends OutboundQueue {

  /**
   * A connection that was given so much since its last attempt is written to at once: else a turn
   * with much to send would make a peer look slow that reads all the time.
   */
  static final int WRITE_AT_ONCE = 256 * 1024;

  final LoopWorld world;
  final BytePipe pipe;

  private Backpressure level = Backpressure.CLEAR;

  /** Whether nothing more is queued: the close frame was, or the pipe is given up. */
  private boolean complete;

  /** Whether it waits for the turn's end, and for its round of the flush cycle. */
  private boolean urgent;

  private boolean paced;

  private boolean blocked;
  private boolean gone;
  private int sinceAttempt;

  /** Bytes that the socket took, ever, and at the last look at the level. */
  private long taken;

  private long takenAtLevel;

  /** When the socket last took a byte, as far as that matters: while something waits. */
  private long takenAt;

  Outbound(LoopWorld world, BytePipe pipe) {
    this.world = world;
    this.pipe = pipe;
  }

  /**
   * The level changed. Like {@link #drained} only ever called when the turn or the round ends, and
   * from {@link #takesBytes} and {@link #stalled}.
   */
  abstract void levelChanged(Backpressure level);

  /** Everything was written, the last frame included. */
  abstract void drained();

  /** The pipe failed; may come from inside any method. */
  abstract void broken(Exception cause);

  /** {@link #stallDue} may be as early as {@code at} from now on. */
  abstract void stallDueAt(long at);

  /** Queues a message's frame; false if it comes too late. */
  final boolean sendFrame(byte[] frame, Flush flush) {
    if (complete) {
      return false;
    }
    add(frame);
    sinceAttempt += frame.length;
    if (sinceAttempt > WRITE_AT_ONCE) {
      write();
    }
    request(flush);
    return true;
  }

  /** Queues a ping, before what waits for a socket that takes nothing. */
  final void sendPing() {
    if (blocked) {
      addInFront(FrameEncoder.PING);
    } else {
      add(FrameEncoder.PING);
    }
    request(Flush.TURN_END);
  }

  /** Queues a pong; while the socket takes nothing, at most the latest one waits in front. */
  final void sendPong(ByteBuffer payload) {
    byte[] pong = FrameEncoder.pong(payload);
    if (blocked) {
      addPongInFront(pong);
    } else {
      add(pong);
    }
    request(Flush.TURN_END);
  }

  /** Queues the last frame. */
  final void sendClose(CloseStatus status) {
    complete = true;
    add(FrameEncoder.close(status));
    request(Flush.TURN_END);
  }

  /**
   * Drops everything; nothing is written any more.
   *
   * @return how many messages are lost
   */
  final int endOutput() {
    complete = true;
    gone = true;
    return clear();
  }

  private void request(Flush flush) {
    if (gone || urgent) {
      return;
    }
    if (flush == Flush.TURN_END) {
      urgent = true;
      world.flushCycle.atTurnEnd(this);
    } else if (paced) {
      world.flushCycle.met();
    } else {
      paced = true;
      world.flushCycle.withRound(this);
    }
  }

  /**
   * The turn's end, for a connection that asked for it.
   *
   * @return how many bytes the socket took
   */
  final long flushAtTurnEnd() {
    urgent = false;
    return flush();
  }

  /**
   * The round that it asked for; what waited may have left at a turn's end before.
   *
   * @return how many bytes the socket took
   */
  final long flushWithRound() {
    paced = false;
    return flush();
  }

  private long flush() {
    long before = taken;
    // A socket that takes nothing says when it takes again; it is asked only before it is blamed.
    if (!blocked || nextLevel() != level) {
      write();
    }
    tell();
    return taken - before;
  }

  /** The socket takes bytes again. */
  final void takesBytes() {
    write();
    tell();
  }

  /** When {@link #stalled} has something to say unless the socket takes a byte. */
  final long stallDue() {
    boolean blamed = level == Backpressure.STALLED || level == Backpressure.OVER_LIMIT;
    return blocked && !blamed ? takenAt + world.stallTimeout : LoopTimers.NEVER;
  }

  /** The time has come; the socket is tried once more, which also finds out that it is broken. */
  final void stalled(long now) {
    write();
    tell();
    if (!gone && now >= stallDue()) {
      level = Backpressure.STALLED;
      levelChanged(level);
    }
  }

  private void write() {
    if (gone) {
      return;
    }
    sinceAttempt = 0;
    long before = taken;
    try {
      while (!isEmpty()) {
        ByteBuffer composed = world.composer.compose(this);
        int offered = composed.remaining();
        int now = pipe.write(composed);
        if (now < 0 || now > offered) {
          throw new IOException("pipe took " + now + " of " + offered + " bytes");
        }
        taken(now);
        taken += now;
        if (now < offered) {
          block(taken > before);
          return;
        }
      }
      unblock();
    } catch (IOException | RuntimeException cause) {
      // One broken pipe must not end the flush of the others.
      broken(cause);
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
    stallDueAt(takenAt + world.stallTimeout);
  }

  private void unblock() {
    if (blocked) {
      blocked = false;
      pipe.wantWrite(false);
    }
  }

  /** The connection may do anything in between, also end this. */
  private void tell() {
    if (gone) {
      return;
    }
    Backpressure next = nextLevel();
    takenAtLevel = taken;
    if (next != level) {
      level = next;
      levelChanged(next);
    }
    if (complete && !gone && isEmpty()) {
      drained();
    }
  }

  private Backpressure nextLevel() {
    boolean progress = taken > takenAtLevel;
    return world.watermarks.next(level, queuedBytes(), messages(), progress);
  }
}
