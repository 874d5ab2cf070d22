package dev.roomcast.testkit.transport;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.MessageKind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a client sends, strictly by RFC 6455, with blocking reads. Confined to one thread. */
final class FrameReader {

  /** What comes of a connection. */
  sealed interface Item {
    record Message(MessageKind kind, ByteBuffer payload) implements Item {}

    record Ping(ByteBuffer payload) implements Item {}

    record Close(CloseStatus status) implements Item {}
  }

  /** The client broke a rule; the connection closes with this. */
  static final class Violation extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient CloseStatus status;

    Violation(int code, String reason) {
      super(reason);
      status = new CloseStatus(code, reason);
    }

    CloseStatus status() {
      return status;
    }
  }

  private final DataInputStream in;
  private final int maxMessageBytes;
  private final boolean strict;
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
  private final Deflation deflation;
  private int begun;
  private boolean compressed;

  /**
   * @param strict false lets violations and malformed text through, for the suite to catch
   * @param deflation null if no compression was agreed on
   */
  FrameReader(InputStream in, int maxMessageBytes, boolean strict, Deflation deflation) {
    this.strict = strict;
    this.deflation = deflation;
    this.in = new DataInputStream(in);
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Blocks until a whole message or a control frame is there. */
  Item next() throws IOException, Violation {
    while (true) {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      int opcode = first & 0xF;
      boolean last = (first & 0x80) != 0;
      boolean marked = (first & 0x40) != 0 && deflation != null && deflation.mayMark(opcode);
      check((first & (marked ? 0x30 : 0x70)) == 0, "reserved bit");
      check((second & 0x80) != 0, "no mask");
      int form = second & 0x7F;
      long length = form == 126 ? in.readUnsignedShort() : form == 127 ? in.readLong() : form;
      check(length >= 0, "negative length");
      if (opcode >= 0x8) {
        check(opcode <= 0xA && last && length <= 125, "bad control frame");
        byte[] payload = payload(length);
        if (opcode == ClientFrames.PING) {
          return new Item.Ping(ByteBuffer.wrap(payload));
        } else if (opcode == ClientFrames.CLOSE) {
          return close(payload);
        }
        continue;
      }
      check(opcode <= 0x2 && (opcode == 0) == (begun != 0), "unexpected opcode");
      if (opcode != 0) {
        begun = opcode;
        compressed = marked;
      }
      checkSize(fragments.size() + length, compressed ? 2L * maxMessageBytes : maxMessageBytes);
      fragments.writeBytes(payload(length));
      if (last) {
        return message();
      }
    }
  }

  private Item message() throws Violation {
    byte[] bytes = fragments.toByteArray();
    if (compressed) {
      bytes = deflation.inflate(bytes, maxMessageBytes);
      checkSize(bytes.length, maxMessageBytes);
    }
    ByteBuffer payload = ByteBuffer.wrap(bytes);
    MessageKind kind = begun == ClientFrames.TEXT ? MessageKind.TEXT : MessageKind.BINARY;
    fragments.reset();
    begun = 0;
    checkUtf8(kind == MessageKind.BINARY || Utf8Validator.isValid(payload));
    return new Item.Message(kind, payload);
  }

  private Item close(byte[] payload) throws Violation {
    if (payload.length == 0) {
      return new Item.Close(CloseStatus.NO_STATUS);
    }
    check(payload.length > 1, "close of one byte");
    int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    check(code >= 1000 && code <= 4999 && new CloseStatus(code, "").sendable(), "bad close code");
    ByteBuffer reason = ByteBuffer.wrap(payload, 2, payload.length - 2);
    checkUtf8(Utf8Validator.isValid(reason));
    return new Item.Close(new CloseStatus(code, StandardCharsets.UTF_8.decode(reason).toString()));
  }

  private byte[] payload(long length) throws IOException {
    byte[] mask = in.readNBytes(4);
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  private static void checkSize(long size, long limit) throws Violation {
    if (size > limit) {
      throw new Violation(1009, "Message too big");
    }
  }

  private void check(boolean holds, String reason) throws Violation {
    if (strict && !holds) {
      throw new Violation(1002, reason);
    }
  }

  private void checkUtf8(boolean holds) throws Violation {
    if (strict && !holds) {
      throw new Violation(1007, "Malformed UTF-8");
    }
  }
}
