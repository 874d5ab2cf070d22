package dev.roomcast.wire.internal;

/**
 * The frames that wait for one socket, in the order in which they leave: a ring of shared immutable
 * arrays, and how much of the first has left. Confined to its connection's loop.
 */
public final class OutboundQueue {
  private static final byte[] FREE = {};
  private static final byte[][] NOTHING = {};
  private static final int FIRST_CAPACITY = 4;

  /** What can stand in front: a frame that was begun, a ping and a pong. */
  private static final int IN_FRONT = 3;

  /** A ring this large is kept when it empties, so that a steady flow allocates nothing. */
  private static final int KEPT_CAPACITY = 32;

  private byte[][] ring = NOTHING;
  private int head;
  private int size;

  /** How many bytes of the first frame have left. */
  private int headOffset;

  /** Whole data frames' bytes, the first one's included until it has left. */
  private long dataBytes;

  private int messages;

  public boolean isEmpty() {
    return size == 0;
  }

  /** How many frames wait, a begun one included. */
  public int size() {
    return size;
  }

  /** How many messages wait, a begun one included and control frames not. */
  public int messages() {
    return messages;
  }

  /** Bytes of messages that have not left, framing included and control frames not. */
  public long queuedBytes() {
    boolean messageBegun = headOffset > 0 && !FrameEncoder.isControl(frame(0));
    return dataBytes - (messageBegun ? headOffset : 0);
  }

  public byte[] frame(int index) {
    return ring[(head + index) & (ring.length - 1)];
  }

  public int headOffset() {
    return headOffset;
  }

  /** Appends a frame. */
  public void add(byte[] frame) {
    grow();
    ring[(head + size) & (ring.length - 1)] = frame;
    size++;
    count(frame, 1);
  }

  /** Puts a control frame before everything but a frame that was begun. */
  public void addInFront(byte[] frame) {
    grow();
    head = (head - 1) & (ring.length - 1);
    size++;
    if (headOffset > 0) {
      ring[head] = frame(1);
      ring[(head + 1) & (ring.length - 1)] = frame;
    } else {
      ring[head] = frame;
    }
  }

  /** Puts a pong in front, or in the place of one that waits there and was not begun. */
  public void addPongInFront(byte[] pong) {
    for (int i = headOffset > 0 ? 1 : 0; i < Math.min(size, IN_FRONT); i++) {
      if (FrameEncoder.isPong(frame(i))) {
        ring[(head + i) & (ring.length - 1)] = pong;
        return;
      }
    }
    addInFront(pong);
  }

  /** Removes what a socket has taken. */
  public void taken(int bytes) {
    int left = headOffset + bytes;
    while (size > 0 && left >= frame(0).length) {
      left -= frame(0).length;
      headOffset = 0;
      removeFirst();
    }
    headOffset = left;
    if (size == 0) {
      rest();
    }
  }

  private void removeFirst() {
    byte[] frame = ring[head];
    ring[head] = FREE;
    head = (head + 1) & (ring.length - 1);
    size--;
    count(frame, -1);
  }

  /**
   * Drops everything but a frame that was begun.
   *
   * @return how many messages were dropped
   */
  public int discardUnbegun() {
    int before = messages;
    int kept = headOffset > 0 ? 1 : 0;
    while (size > kept) {
      int last = (head + size - 1) & (ring.length - 1);
      count(ring[last], -1);
      ring[last] = FREE;
      size--;
    }
    if (size == 0) {
      rest();
    }
    return before - messages;
  }

  /**
   * Drops everything, also a frame that was begun.
   *
   * @return how many messages were dropped
   */
  public int clear() {
    headOffset = 0;
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

  private void grow() {
    if (size == ring.length) {
      byte[][] larger = new byte[Math.max(FIRST_CAPACITY, 2 * size)][];
      for (int i = 0; i < size; i++) {
        larger[i] = frame(i);
      }
      ring = larger;
      head = 0;
    }
  }

  private void rest() {
    head = 0;
    if (ring.length > KEPT_CAPACITY) {
      ring = NOTHING;
    }
  }
}
