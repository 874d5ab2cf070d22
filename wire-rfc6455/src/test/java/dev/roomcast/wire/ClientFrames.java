package dev.roomcast.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a client writes them, right and wrong. Written apart from the code under test. */
final class ClientFrames {
  static final int MASK = 0x37FA213D; // the one of RFC 6455 section 5.7

  private ClientFrames() {}

  static byte[] text(String text) {
    return frame(0x81, utf8(text), MASK);
  }

  static byte[] ping(String payload) {
    return frame(0x89, utf8(payload), MASK);
  }

  static byte[] close(int code, String reason) {
    byte[] bytes = utf8(reason);
    return frame(
        0x88,
        ByteBuffer.allocate(2 + bytes.length).putShort((short) code).put(bytes).array(),
        MASK);
  }

  static byte[] close() {
    return frame(0x88, new byte[0], MASK);
  }

  /** A masked frame in the shortest form. */
  static byte[] frame(int first, byte[] payload, int mask) {
    int form = payload.length < 126 ? payload.length : payload.length < 65536 ? 126 : 127;
    return frame(first, form, payload.length, payload, mask);
  }

  /** A masked frame in a form and with a length that need not be right. */
  static byte[] frame(int first, int form, long length, byte[] payload, int mask) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) first).put((byte) (0x80 | form));
    if (form == 126) {
      frame.putShort((short) length);
    } else if (form == 127) {
      frame.putLong(length);
    }
    frame.putInt(mask);
    byte[] key = ByteBuffer.allocate(4).putInt(mask).array();
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ key[i % 4]));
    }
    byte[] bytes = new byte[frame.flip().remaining()];
    frame.get(bytes);
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
