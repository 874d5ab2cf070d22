package dev.roomcast.wire.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Copies waiting frames into the loop's one direct buffer, and finds them there again for the next
 * connection that has the same ones waiting: a fan-out is copied once and written many times.
 * Confined to its loop.
 */
public final class Composer {
  /** What one {@code write()} is offered; larger ones were not faster. */
  static final int CAPACITY = 64 * 1024;

  private static final int MAX_FRAMES = 1024;
  private static final byte[] GONE = {};

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

  /** The whole frames that stand in the buffer, one after the other, and where each ends. */
  private final byte[][] frames = new byte[MAX_FRAMES][];

  private final int[] ends = new int[MAX_FRAMES];
  private int count;

  /**
   * The next bytes of a queue that is not empty.
   *
   * @return a buffer that is valid until the next call; its position may be moved, its bytes not
   *     changed
   */
  public ByteBuffer compose(OutboundQueue queue) {
    byte[] first = queue.frame(0);
    if (first.length > CAPACITY) {
      return slice(first, queue.firstOffset());
    }
    int wanted = Math.min(queue.size(), MAX_FRAMES);
    int same = 0;
    while (same < wanted && same < count && identical(queue.frame(same), frames[same])) {
      same++;
    }
    if (same < wanted) {
      append(queue, same, wanted);
    }
    return buffer.limit(end(Math.min(wanted, count))).position(queue.firstOffset());
  }

  private void append(OutboundQueue queue, int from, int wanted) {
    // Frames that stand here no more are not to be kept from the collector either.
    Arrays.fill(frames, from, count, GONE);
    count = from;
    buffer.clear().position(end(count));
    while (count < wanted && queue.frame(count).length <= buffer.remaining()) {
      frames[count] = queue.frame(count);
      buffer.put(frames[count]);
      ends[count] = buffer.position();
      count++;
    }
  }

  /** Frames never change and are shared: the same array is the same frame, and nothing else is. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean identical(byte[] one, byte[] other) {
    return one == other;
  }

  private int end(int frameCount) {
    return frameCount == 0 ? 0 : ends[frameCount - 1];
  }

  /** A frame that does not fit goes out in pieces; what stood in the buffer is gone. */
  private ByteBuffer slice(byte[] frame, int offset) {
    Arrays.fill(frames, 0, count, GONE);
    count = 0;
    return buffer.clear().put(frame, offset, Math.min(CAPACITY, frame.length - offset)).flip();
  }
}
