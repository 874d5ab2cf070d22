package dev.roomcast.wire.internal;

import dev.roomcast.port.transport.CloseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds the frames of a server: final, unmasked (RFC 6455 sections 5.1 and 5.2). Pure. */
public final class FrameEncoder {
  private static final int FIN = 0x80;

  /** Marks a compressed message (RFC 7692 section 6). */
  static final int RSV1 = 0x40;

  /** A ping without payload; shared, as every frame is immutable. */
  public static final byte[] PING = frame(Opcode.PING, ByteBuffer.allocate(0));

  private FrameEncoder() {}

  public static byte[] text(byte[] utf8) {
    return frame(Opcode.TEXT, ByteBuffer.wrap(utf8));
  }

  public static byte[] binary(byte[] payload) {
    return frame(Opcode.BINARY, ByteBuffer.wrap(payload));
  }

  /**
   * The same message compressed (RFC 7692 section 7.2.1), or the frame as it is if that is shorter.
   *
   * @param plain a frame with a payload of {@code size} bytes
   */
  static byte[] compressed(byte[] plain, int size, MessageDeflater deflater) {
    ByteBuffer payload = deflater.deflate(ByteBuffer.wrap(plain, plain.length - size, size));
    return payload == null ? plain : frame(RSV1 | (plain[0] & 0x0F), payload);
  }

  /** A pong with its ping's payload (section 5.5.3). */
  public static byte[] pong(ByteBuffer payload) {
    return frame(Opcode.PONG, payload);
  }

  /** A close; without a payload for {@link CloseStatus#NO_STATUS}. */
  public static byte[] close(CloseStatus status) {
    if (status.code() == CloseStatus.NO_STATUS.code()) {
      return frame(Opcode.CLOSE, ByteBuffer.allocate(0));
    }
    byte[] reason = status.reason().getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(2 + reason.length);
    return frame(Opcode.CLOSE, payload.putShort((short) status.code()).put(reason).flip());
  }

  /** Whether a frame is a control frame, told from its first byte. */
  static boolean isControl(byte[] frame) {
    return Opcode.isControl(frame[0]);
  }

  static boolean isPong(byte[] frame) {
    return (frame[0] & 0x0F) == Opcode.PONG;
  }

  private static byte[] frame(int first, ByteBuffer payload) {
    int length = payload.remaining();
    ByteBuffer frame = ByteBuffer.allocate(headerSize(length) + length);
    frame.put((byte) (FIN | first));
    if (length < 126) {
      frame.put((byte) length);
    } else if (length <= 0xFFFF) {
      frame.put((byte) 126).putShort((short) length);
    } else {
      frame.put((byte) 127).putLong(length);
    }
    return frame.put(payload).array();
  }

  private static int headerSize(int length) {
    return length < 126 ? 2 : length <= 0xFFFF ? 4 : 10;
  }
}
