package dev.roomcast.testkit.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes as a client writes them, right and wrong (RFC 6455 section 5.2). */
final class ClientFrames {
  static final int FIN = 0x80;
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private static final int MASKED = 0x80;

  /** The mask of the examples in RFC 6455 section 5.7. */
  private static final int MASK = 0x37FA213D;

  private ClientFrames() {}

  static byte[] text(String text) {
    return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return frame(
        FIN | CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  /** A masked frame with its length in the shortest form. */
  static byte[] frame(int firstByte, byte[] payload) {
    byte[] header = header(firstByte, payload.length);
    byte[] frame = new byte[header.length + payload.length];
    System.arraycopy(header, 0, frame, 0, header.length);
    for (int i = 0; i < payload.length; i++) {
      frame[header.length + i] = (byte) (payload[i] ^ (MASK >>> (24 - 8 * (i % 4))));
    }
    return frame;
  }

  /** The head of a masked frame that announces so many bytes. */
  static byte[] header(int firstByte, long length) {
    ByteBuffer header = ByteBuffer.allocate(14).put((byte) firstByte);
    if (length < 126) {
      header.put((byte) (MASKED | length));
    } else if (length < 65_536) {
      header.put((byte) (MASKED | 126)).putShort((short) length);
    } else {
      header.put((byte) (MASKED | 127)).putLong(length);
    }
    header.putInt(MASK);
    byte[] bytes = new byte[header.position()];
    header.flip().get(bytes);
    return bytes;
  }

  /** A frame that lacks the mask which every client's frame must have. */
  static byte[] unmasked(int firstByte, String payload) {
    byte[] text = payload.getBytes(StandardCharsets.UTF_8);
    return join(new byte[] {(byte) firstByte, (byte) text.length}, text);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
