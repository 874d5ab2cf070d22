package dev.roomcast.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads a server's bytes as a strict client would. Written apart from the code under test. */
final class ServerFrames {
  private ServerFrames() {}

  /** The frames that came whole; a last one may have been cut by the end of the connection. */
  static List<String> describeWhole(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int whole = 0;
    while (in.remaining() >= 2) {
      int form = in.get(in.position() + 1);
      int header = form == 126 ? 4 : form == 127 ? 10 : 2;
      if (in.remaining() < header) {
        break;
      }
      int at = in.position() + 2;
      long length = form == 126 ? in.getShort(at) & 0xFFFF : form == 127 ? in.getLong(at) : form;
      if (in.remaining() < header + length) {
        break;
      }
      in.position(in.position() + header + (int) length);
      whole = in.position();
    }
    return describe(Arrays.copyOf(bytes, whole));
  }

  /**
   * Each frame as {@code text:...}, {@code deflated:...}, {@code binary:...}, {@code deflated
   * binary:...}, {@code ping:...}, {@code pong:...} or {@code close:...}; binary in hexadecimal.
   */
  static List<String> describe(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<String> frames = new ArrayList<>();
    while (in.hasRemaining()) {
      int first = in.get() & 0xFF;
      int form = in.get();
      if (form < 0) {
        throw new AssertionError("a server does not mask");
      }
      long length = form == 126 ? in.getShort() & 0xFFFF : form == 127 ? in.getLong() : form;
      byte[] payload = new byte[(int) length];
      in.get(payload);
      frames.add(describe(first, payload));
    }
    return frames;
  }

  private static String describe(int first, byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    return switch (first) {
      case 0x81 -> "text:" + text;
      case 0xC1 -> "deflated:" + new String(RawDeflate.inflate(payload), StandardCharsets.UTF_8);
      case 0x82 -> "binary:" + HexFormat.of().formatHex(payload);
      case 0xC2 -> "deflated binary:" + HexFormat.of().formatHex(RawDeflate.inflate(payload));
      case 0x89 -> "ping:" + text;
      case 0x8A -> "pong:" + text;
      case 0x88 ->
          payload.length == 0
              ? "close:"
              : "close:"
                  + (ByteBuffer.wrap(payload).getShort() & 0xFFFF)
                  + ":"
                  + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
      default -> throw new AssertionError("unexpected first byte " + first);
    };
  }
}
