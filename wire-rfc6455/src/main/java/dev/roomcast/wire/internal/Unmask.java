package dev.roomcast.wire.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Undoes a client's masking (RFC 6455 section 5.3). Pure. */
final class Unmask {
  private Unmask() {}

  /**
   * Unmasks bytes where they stand, eight at a time; position and limit stay.
   *
   * @param from index of the first byte
   * @param to index after the last byte
   * @param mask the key for the byte at {@code from}, its first byte in the highest bits
   */
  static void inPlace(ByteBuffer buffer, int from, int to, int mask) {
    if (mask == 0) {
      return;
    }
    int ordered = buffer.order() == ByteOrder.BIG_ENDIAN ? mask : Integer.reverseBytes(mask);
    long wide = ((long) ordered << Integer.SIZE) | (ordered & 0xFFFF_FFFFL);
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      buffer.putLong(at, buffer.getLong(at) ^ wide);
    }
    for (int key = mask; at < to; at++) {
      key = Integer.rotateLeft(key, Byte.SIZE);
      buffer.put(at, (byte) (buffer.get(at) ^ key));
    }
  }

  /** The key as it applies {@code offset} bytes into a payload. */
  static int at(int mask, long offset) {
    return Integer.rotateLeft(mask, (int) (offset & 3) * Byte.SIZE);
  }
}
