package dev.roomcast.wire.internal;

/** What RFC 6455 forbids a client to put into a header. Pure. */
final class FrameRules {
  private static final int MAX_CONTROL_BYTES = 125;

  private FrameRules() {}

  /** Whether a frame among discarded ones is a close frame, as far as it can be told. */
  static boolean isClose(FrameHeader header) {
    return header.opcode() == Opcode.CLOSE
        && header.fin()
        && header.length() <= MAX_CONTROL_BYTES
        && header.length() >= 0;
  }

  /**
   * Whether a frame breaks the protocol (RFC 6455 sections 5.1, 5.2, 5.4 and 5.5).
   *
   * @param messageOpen whether a message was begun and not finished
   * @param mayCompress whether the first frame of a message may have RSV1 set (RFC 7692 section 6)
   */
  static boolean violatedBy(FrameHeader header, boolean messageOpen, boolean mayCompress) {
    int allowed = mayCompress && begins(header) ? FrameEncoder.RSV1 : 0;
    if (!header.masked()
        || (header.reserved() & ~allowed) != 0
        || header.length() < 0
        || !header.minimal()) {
      return true;
    }
    return switch (header.opcode()) {
      case Opcode.CONTINUATION -> !messageOpen;
      case Opcode.TEXT, Opcode.BINARY -> messageOpen;
      case Opcode.CLOSE, Opcode.PING, Opcode.PONG ->
          !header.fin() || header.length() > MAX_CONTROL_BYTES;
      default -> true;
    };
  }

  private static boolean begins(FrameHeader header) {
    return header.opcode() == Opcode.TEXT || header.opcode() == Opcode.BINARY;
  }
}
