package dev.roomcast.wire.internal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way in to one connection: credit, and what was read but not asked for yet. Confined to its
 * loop.
 */
final class Inbound {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final FrameParser parser;
  private long credit;

  /** Bytes that wait for credit; not null exactly while reading is paused. */
  private @Nullable ByteBuffer kept;

  private boolean parsing;

  Inbound(FrameParser parser) {
    this.parser = parser;
  }

  boolean hasCredit() {
    return credit > 0;
  }

  void addCredit(int messages) {
    credit = Math.min(Long.MAX_VALUE - messages, credit) + messages;
  }

  void spendCredit() {
    credit--;
  }

  /** Whether a message waits for credit, so that nothing is read. */
  boolean paused() {
    return kept != null;
  }

  /** Whether bytes are being parsed further up the stack, and will be parsed on by themselves. */
  boolean parsing() {
    return parsing;
  }

  /** Parses bytes as they come, as far as there is credit, and keeps a copy of the rest. */
  void bytes(ByteBuffer in) {
    if (kept != null) {
      // Only from a pipe that had them on their way when it was told to stop.
      kept = copy(kept, in);
    } else if (!parse(in)) {
      kept = copy(EMPTY, in);
    }
    in.position(in.limit());
  }

  /** Parses what was kept as far as there is credit. */
  void resume() {
    ByteBuffer rest = kept;
    if (rest != null && parse(rest)) {
      kept = null;
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

  private static ByteBuffer copy(ByteBuffer first, ByteBuffer second) {
    return ByteBuffer.allocate(first.remaining() + second.remaining())
        .put(first)
        .put(second.duplicate())
        .flip();
  }
}
