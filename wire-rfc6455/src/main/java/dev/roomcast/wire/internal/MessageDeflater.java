package dev.roomcast.wire.internal;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses messages, each by itself (RFC 7692 section 7.2.1). One serves all connections of a
 * loop, to which it is confined.
 */
public final class MessageDeflater implements AutoCloseable {
  /** An empty block without compression, which the receiver adds by itself. */
  private static final int TAIL = 4;

  /** The level is a measured choice, see docs/performance.md. */
  private static final int LEVEL = Deflater.DEFAULT_COMPRESSION;

  private static final int KEPT_CAPACITY = 16 * 1024;

  private final ByteBuffer kept = ByteBuffer.allocate(KEPT_CAPACITY);
  private @Nullable Deflater deflater;

  /**
   * Compresses a message.
   *
   * @param message is read
   * @return what goes into the frame, valid until the next message is compressed; null if it would
   *     be no shorter than the message
   */
  @Nullable ByteBuffer deflate(ByteBuffer message) {
    int shorter = message.remaining() - 1 + TAIL;
    ByteBuffer out = (shorter <= KEPT_CAPACITY ? kept : ByteBuffer.allocate(shorter)).clear();
    Deflater deflating = fresh();
    deflating.setInput(message);
    deflating.deflate(out.limit(shorter), Deflater.SYNC_FLUSH);
    // A buffer that is full may not have taken everything.
    return out.hasRemaining() ? out.limit(out.position() - TAIL).position(0) : null;
  }

  private Deflater fresh() {
    Deflater used = deflater;
    if (used == null) {
      used = new Deflater(LEVEL, /* nowrap= */ true);
      deflater = used;
    } else {
      used.reset();
    }
    return used;
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
      deflater = null;
    }
  }
}
