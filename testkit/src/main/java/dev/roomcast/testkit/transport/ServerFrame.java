package dev.roomcast.testkit.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One frame from a server, as it came. Immutable. */
public final class ServerFrame {
  private final int firstByte;
  private final byte[] payload;

  ServerFrame(int firstByte, byte[] payload) {
    this.firstByte = firstByte;
    this.payload = payload;
  }

  /** FIN, reserved bits and opcode. */
  public int firstByte() {
    return firstByte;
  }

  /** RFC 6455 section 5.2. */
  public int opcode() {
    return firstByte & 0xF;
  }

  /** Whether this is a close frame. */
  public boolean isClose() {
    return opcode() == ClientFrames.CLOSE;
  }

  /** The payload's length in bytes. */
  public int size() {
    return payload.length;
  }

  /** The payload, a copy. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The payload as UTF-8. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The code of a close frame; 1005 where it has none. */
  public int closeCode() {
    return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
  }

  /** The reason of a close frame. */
  public String closeReason() {
    return payload.length < 2
        ? ""
        : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return isClose()
        ? "close " + closeCode() + " " + closeReason()
        : "frame 0x%02X of %d bytes".formatted(firstByte, payload.length);
  }
}
