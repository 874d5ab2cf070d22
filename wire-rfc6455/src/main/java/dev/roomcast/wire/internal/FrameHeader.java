package dev.roomcast.wire.internal;

import java.nio.ByteBuffer;

/**
 * One frame's header as it arrives, in pieces of any size (RFC 6455 section 5.2). Reads, and judges
 * nothing: {@link FrameRules} does. Confined to its connection's loop.
 */
final class FrameHeader {
  private static final int FORM_16_BIT = 126;
  private static final int FORM_64_BIT = 127;

  private int first;
  private int second;
  private long length;
  private int mask;

  /** How many bytes have been read, how many belong to the length, and how many there are. */
  private int read;

  private int lengthEnd = 2;
  private int size = 2;

  /** Forgets the frame and waits for the next. */
  void reset() {
    length = 0;
    mask = 0;
    read = 0;
    lengthEnd = 2;
    size = 2;
  }

  /**
   * Takes what belongs to the header and nothing beyond it.
   *
   * @return whether it is whole
   */
  boolean read(ByteBuffer in) {
    while (read < size && in.hasRemaining()) {
      take(in.get() & 0xFF);
    }
    return read == size;
  }

  private void take(int octet) {
    if (read == 0) {
      first = octet;
    } else if (read == 1) {
      second = octet;
      int form = octet & 0x7F;
      length = form < FORM_16_BIT ? form : 0;
      lengthEnd = 2 + (form == FORM_16_BIT ? 2 : form == FORM_64_BIT ? 8 : 0);
      size = lengthEnd + (masked() ? 4 : 0);
    } else if (read < lengthEnd) {
      length = (length << 8) | octet;
    } else {
      mask = (mask << 8) | octet;
    }
    read++;
  }

  boolean fin() {
    return (first & 0x80) != 0;
  }

  /** The three reserved bits, in place. */
  int reserved() {
    return first & 0x70;
  }

  /** Whether a compressed message begins (RFC 7692 section 6). */
  boolean compressed() {
    return (first & FrameEncoder.RSV1) != 0;
  }

  int opcode() {
    return first & 0x0F;
  }

  boolean control() {
    return Opcode.isControl(opcode());
  }

  boolean masked() {
    return (second & 0x80) != 0;
  }

  /** The masking key, its first byte in the highest bits; 0 without one. */
  int mask() {
    return mask;
  }

  /** The payload's bytes; negative if the forbidden highest bit is set. */
  long length() {
    return length;
  }

  /** Whether the shortest of the three forms was used, as section 5.2 demands. */
  boolean minimal() {
    return switch (second & 0x7F) {
      case FORM_16_BIT -> length >= FORM_16_BIT;
      case FORM_64_BIT -> length > 0xFFFF;
      default -> true;
    };
  }
}
