package dev.roomcast.testkit.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes as a client writes them, right and wrong (RFC 6455 section 5.2). Pure. */
public final class ClientFrames {
  /** The bit of a final frame, in its first byte. */
  public static final int FIN = 0x80;

  /** Opcodes. */
  public static final int CONTINUATION = 0x0;

  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  /** The mask of the examples in RFC 6455 section 5.7. */
  public static final int MASK = 0x37FA213D;

  /** In the seven bits of the length: 16 or 64 bits follow. */
  public static final int FORM_16 = 126;

  public static final int FORM_64 = 127;

  private static final int MASKED = 0x80;

  private ClientFrames() {}

  /** A text message in one frame. */
  public static byte[] text(String text) {
    return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A close frame. */
  public static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return frame(
        FIN | CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  /** A masked frame with its length in the shortest form. */
  public static byte[] frame(int firstByte, byte[] payload) {
    return frame(firstByte, payload, MASK);
  }

  /** The same with another mask, its first byte in the highest bits. */
  public static byte[] frame(int firstByte, byte[] payload, int mask) {
    return join(header(firstByte, form(payload.length), payload.length, mask), mask(payload, mask));
  }

  /** The head of a masked frame that announces so many bytes, in the shortest form. */
  public static byte[] header(int firstByte, long length) {
    return header(firstByte, form(length), length, MASK);
  }

  /**
   * The head of a masked frame, also with a form of its length that is longer than need be.
   *
   * @param form {@link #FORM_16}, {@link #FORM_64} or less: the length itself
   */
  public static byte[] header(int firstByte, int form, long length, int mask) {
    ByteBuffer header = ByteBuffer.allocate(14).put((byte) firstByte).put((byte) (MASKED | form));
    if (form == FORM_16) {
      header.putShort((short) length);
    } else if (form == FORM_64) {
      header.putLong(length);
    }
    byte[] bytes = new byte[header.putInt(mask).position()];
    header.flip().get(bytes);
    return bytes;
  }

  private static int form(long length) {
    return length < FORM_16 ? (int) length : length <= 0xFFFF ? FORM_16 : FORM_64;
  }

  /** A payload as it goes masked over the wire (RFC 6455 section 5.3). */
  public static byte[] mask(byte[] payload, int mask) {
    byte[] masked = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      masked[i] = (byte) (payload[i] ^ (mask >>> (24 - 8 * (i % 4))));
    }
    return masked;
  }

  /** A frame of less than 126 bytes that lacks the mask which every client's frame must have. */
  public static byte[] unmasked(int firstByte, String payload) {
    byte[] text = payload.getBytes(StandardCharsets.UTF_8);
    return join(new byte[] {(byte) firstByte, (byte) text.length}, text);
  }

  /** The parts, one after the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
