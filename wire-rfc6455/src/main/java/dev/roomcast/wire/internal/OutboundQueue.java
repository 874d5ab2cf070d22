package dev.roomcast.wire.internal;

/**
 * The frames that wait for one socket, in the order in which they leave: shared immutable arrays,
 * and how much of the first has left. Confined to its connection's loop.
 *
 * <p>Open to inheritance so that the queue is part of its connection: with thousands of members, a
 * fan-out costs what it waits for memory, and each object on the way is one more wait.
 */
public class OutboundQueue {
  private static final byte[] NONE = {};
  private static final byte[][] NOTHING = {};
  private static final int FIRST_CAPACITY = 4;

  /** What can stand in front: a frame that was begun, a ping and a pong. */
  private static final int IN_FRONT = 3;

  /** A ring this large is kept when it empties, so that a steady flow allocates nothing. */
  private static final int KEPT_CAPACITY = 64;

  /** The next to leave; often the only one, and then the ring is not looked at. */
  private byte[] first = NONE;

  /** How many bytes of it have left. */
  private int firstOffset;

  /** How many frames wait, the first one included. */
  private int size;

  private int messages;

  /** Whole data frames' bytes, the first one's included until it has left. */
  private long dataBytes;

  /** What waits behind the first, beginning at {@code head}. */
  private byte[][] ring = NOTHING;

  private int head;

  public final boolean isEmpty() {
    return size == 0;
  }

  /** How many frames wait, a begun one included. */
  public final int size() {
    return size;
  }

  /** How many messages wait, a begun one included and control frames not. */
  public final int messages() {
    return messages;
  }

  /** Bytes of messages that have not left, framing included and control frames not. */
  public final long queuedBytes() {
    boolean messageBegun = firstOffset > 0 && !FrameEncoder.isControl(first);
    return dataBytes - (messageBegun ? firstOffset : 0);
  }

  /** The frame at {@code index}, 0 being the next to leave. */
  public final byte[] frame(int index) {
    return index == 0 ? first : ring[slot(index)];
  }

  /** How many bytes of the first frame have left. */
  public final int firstOffset() {
    return firstOffset;
  }

  /** Appends a frame. */
  public final void add(byte[] frame) {
    if (size == 0) {
      first = frame;
    } else {
      grow();
      ring[slot(size)] = frame;
    }
    size++;
    count(frame, 1);
  }

  /** Puts a control frame before everything but a frame that was begun. */
  public final void addInFront(byte[] frame) {
    if (size == 0) {
      first = frame;
    } else {
      grow();
      head = (head - 1) & (ring.length - 1);
      ring[head] = firstOffset > 0 ? frame : first;
      first = firstOffset > 0 ? first : frame;
    }
    size++;
  }

  /** Puts a pong in front, or in the place of one that waits there and was not begun. */
  public final void addPongInFront(byte[] pong) {
    for (int i = firstOffset > 0 ? 1 : 0; i < Math.min(size, IN_FRONT); i++) {
      if (FrameEncoder.isPong(frame(i))) {
        replace(i, pong);
        return;
      }
    }
    addInFront(pong);
  }

  private void replace(int index, byte[] frame) {
    if (index == 0) {
      first = frame;
    } else {
      ring[slot(index)] = frame;
    }
  }

  /** Removes what a socket has taken. */
  public final void taken(int bytes) {
    int left = firstOffset + bytes;
    while (size > 0 && left >= first.length) {
      left -= first.length;
      removeFirst();
    }
    firstOffset = left;
  }

  private void removeFirst() {
    count(first, -1);
    size--;
    if (size == 0) {
      first = NONE;
    } else {
      first = ring[head];
      ring[head] = NONE;
      head = (head + 1) & (ring.length - 1);
      rest();
    }
  }

  /**
   * Drops everything but a frame that was begun.
   *
   * @return how many messages were dropped
   */
  public final int discardUnbegun() {
    int before = messages;
    int kept = firstOffset > 0 ? 1 : 0;
    while (size > kept) {
      int last = size - 1;
      count(frame(last), -1);
      replace(last, NONE);
      size = last;
      rest();
    }
    return before - messages;
  }

  /**
   * Drops everything, also a frame that was begun.
   *
   * @return how many messages were dropped
   */
  public final int clear() {
    firstOffset = 0;
    int dropped = discardUnbegun();
    ring = NOTHING;
    return dropped;
  }

  private void count(byte[] frame, int sign) {
    if (!FrameEncoder.isControl(frame)) {
      dataBytes += (long) sign * frame.length;
      messages += sign;
    }
  }

  /** Where a frame stands that is not the first. */
  private int slot(int index) {
    return (head + index - 1) & (ring.length - 1);
  }

  /** Makes room for one more behind the first. */
  private void grow() {
    int behind = size - 1;
    if (behind == ring.length) {
      byte[][] larger = new byte[Math.max(FIRST_CAPACITY, 2 * behind)][];
      for (int i = 0; i < behind; i++) {
        larger[i] = frame(i + 1);
      }
      ring = larger;
      head = 0;
    }
  }

  /** Where nothing waits behind the first, a burst's ring is not kept. */
  private void rest() {
    if (size <= 1 && ring.length > KEPT_CAPACITY) {
      ring = NOTHING;
      head = 0;
    }
  }
}
