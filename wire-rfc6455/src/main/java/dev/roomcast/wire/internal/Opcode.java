package dev.roomcast.wire.internal;

/** The opcodes of RFC 6455 section 5.2, as they stand in the low four bits of a frame. */
final class Opcode {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private Opcode() {}

  /** Whether the most significant of the four bits is set (RFC 6455 section 5.5). */
  static boolean isControl(int opcode) {
    return (opcode & 0x8) != 0;
  }
}
