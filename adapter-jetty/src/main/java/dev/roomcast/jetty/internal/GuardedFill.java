package dev.roomcast.jetty.internal;

import dev.roomcast.wire.http.RequestGuard;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/** Reads for Jetty's HTTP parser what the guard lets through. */
final class GuardedFill {

  /** {@code EndPoint.fill}: appends to what is between the buffer's position and limit. */
  @FunctionalInterface
  interface Fill {
    int fill(ByteBuffer buffer) throws IOException;
  }

  private GuardedFill() {}

  static int fill(RequestGuard guard, ByteBuffer buffer, Fill from) throws IOException {
    int room = guard.room();
    // Jetty may ask once more while the refusal is under way on the loop.
    if (room == 0 || guard.refused()) {
      return 0;
    }
    int filled = room < BufferUtil.space(buffer) ? fillPart(buffer, room, from) : from.fill(buffer);
    guard.read(filled);
    return filled;
  }

  private static int fillPart(ByteBuffer buffer, int room, Fill from) throws IOException {
    BufferUtil.compact(buffer);
    int end = buffer.limit();
    ByteBuffer part = buffer.limit(end + room).slice(end, room).limit(0);
    int filled = 0;
    try {
      filled = from.fill(part);
      return filled;
    } finally {
      buffer.limit(end + Math.max(0, filled));
    }
  }
}
