package dev.roomcast.wire;

import dev.roomcast.wire.internal.FrameParser;
import dev.roomcast.wire.internal.IdleWatch;
import dev.roomcast.wire.internal.LoopTimers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way in to one connection: credit, what was read but not asked for yet, and whether its pipe
 * is to read at all. Confined to its loop.
 */
final class Inbound {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final LoopWorld world;
  private final BytePipe pipe;
  private final FrameParser parser;
  private final IdleWatch idle;
  private final LoopTimers.Timed timed;
  private final Runnable afterEnd;

  private long credit;

  /** Bytes that wait for credit; not null exactly while reading is paused. */
  private @Nullable ByteBuffer kept;

  private boolean reading;
  private boolean parsing;
  private boolean resumeAsked;
  private boolean ended;
  private boolean stopped;

  /**
   * A way in that does not read yet.
   *
   * @param afterEnd runs once when everything that came before the end of the stream was parsed
   */
  Inbound(
      LoopWorld world,
      BytePipe pipe,
      FrameParser parser,
      IdleWatch idle,
      LoopTimers.Timed timed,
      Runnable afterEnd) {
    this.world = world;
    this.pipe = pipe;
    this.parser = parser;
    this.idle = idle;
    this.timed = timed;
    this.afterEnd = afterEnd;
  }

  void start() {
    reading = true;
    pipe.wantRead(true);
    world.timers.schedule(timed, idle.due());
  }

  /** Parses and reads nothing any more. */
  void stop() {
    stopped = true;
    kept = null;
  }

  boolean hasCredit() {
    return credit > 0;
  }

  void spendCredit() {
    credit--;
  }

  /** Allows more messages; what waits for them comes as a task of its own. */
  void demand(int messages) {
    credit = Math.min(Long.MAX_VALUE - messages, credit) + messages;
    resumeLater();
  }

  /** Parses on what was kept, as a task of its own. */
  void resumeLater() {
    if (kept != null && !parsing && !resumeAsked) {
      resumeAsked = world.loop.execute(this::resume);
    }
  }

  private void resume() {
    resumeAsked = false;
    ByteBuffer rest = kept;
    if (rest != null && parse(rest)) {
      kept = null;
    }
    readOnOrPause();
  }

  /** Parses bytes as they come, as far as there is credit, and keeps a copy of the rest. */
  void bytes(ByteBuffer in) {
    if (!stopped) {
      idle.heard(world.timers.now());
      if (kept != null) {
        // Only from a pipe that had them on their way when it was told to stop.
        kept = copy(kept, in);
      } else if (!parse(in)) {
        kept = copy(EMPTY, in);
      }
      readOnOrPause();
    }
    in.position(in.limit());
  }

  /** The peer has ended its stream; what is kept still counts. */
  void end() {
    ended = true;
    if (kept == null) {
      endNow();
    }
  }

  private void endNow() {
    if (!stopped) {
      reading = false;
      pipe.wantRead(false);
      afterEnd.run();
    }
  }

  private boolean parse(ByteBuffer in) {
    parsing = true;
    try {
      return parser.parse(in);
    } finally {
      parsing = false;
    }
  }

  private void readOnOrPause() {
    boolean read = kept == null;
    if (read == reading || stopped) {
      return;
    }
    if (read && ended) {
      endNow();
      return;
    }
    reading = read;
    pipe.wantRead(read);
    if (read) {
      idle.thaw(world.timers.now());
      world.timers.schedule(timed, idle.due());
    } else {
      idle.freeze(world.timers.now());
    }
  }

  private static ByteBuffer copy(ByteBuffer first, ByteBuffer second) {
    return ByteBuffer.allocate(first.remaining() + second.remaining())
        .put(first)
        .put(second.duplicate())
        .flip();
  }
}
