package dev.roomcast.testkit.transport;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.MessageKind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

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
  private final Set<Fault> faults;
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
  private Utf8Validator text = new Utf8Validator();
  private final Deflation deflation;
  private int begun;

  /** Whether the message under way is compressed. */
  private boolean compressed;

  // The frame that is being read.
  private int first;
  private int second;
  private long length;
  private int mask;

  /** Bytes of its payload that have not been read. */
  private long unread;

  private int firstMask;

  /**
   * @param faults what passes although it must not, for the suites to catch
   * @param deflation null if no compression was agreed on
   */
  FrameReader(InputStream in, int maxMessageBytes, Set<Fault> faults, Deflation deflation) {
    this.deflation = deflation;
    this.in = new DataInputStream(in);
    this.maxMessageBytes = maxMessageBytes;
    this.faults = faults;
  }

  /** Blocks until a whole message or a control frame is there. */
  Item next() throws IOException, Violation {
    while (true) {
      readHeader();
      checkHeader();
      Item item = opcode() >= 0x8 ? control() : data();
      if (item != null) {
        return item;
      }
    }
  }

  /** Skips everything up to a close frame, in the middle of a frame as well. */
  void awaitClose() throws IOException {
    boolean close = false;
    while (!close) {
      in.skipNBytes(unread);
      readHeader();
      close = opcode() == ClientFrames.CLOSE && last() && length <= 125 && length >= 0;
    }
    in.skipNBytes(unread);
  }

  private void readHeader() throws IOException {
    first = in.readUnsignedByte();
    second = in.readUnsignedByte();
    length =
        switch (form()) {
          case 126 -> has(Fault.READS_16_BITS_SIGNED) ? in.readShort() : in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> form();
        };
    mask = (second & 0x80) != 0 ? in.readInt() : 0;
    firstMask = firstMask == 0 ? mask : firstMask;
    // Nothing after an impossible length can be understood.
    unread = length < 0 ? Long.MAX_VALUE : length;
  }

  private int opcode() {
    return first & 0xF;
  }

  private boolean marked() {
    return (first & 0x40) != 0 && deflation != null && deflation.mayMark(opcode());
  }

  private boolean last() {
    return (first & 0x80) != 0;
  }

  private int form() {
    return second & 0x7F;
  }

  private boolean has(Fault fault) {
    return faults.contains(fault);
  }

  private void checkHeader() throws Violation {
    check((second & 0x80) != 0, Fault.TAKES_UNMASKED);
    check((first & (marked() ? 0x30 : 0x70)) == 0, Fault.TAKES_RESERVED_BITS);
    check(length >= 0, Fault.TAKES_NEGATIVE_LENGTHS);
    boolean minimal = form() < 126 || length > (form() == 126 ? 125 : 0xFFFF);
    check(minimal || length < 0, Fault.TAKES_LONG_FORMS);
    check(opcode() <= 0x2 || (opcode() & 0x7) <= 0x2, Fault.TAKES_RESERVED_OPCODES);
  }

  private Item control() throws IOException, Violation {
    check(last(), Fault.TAKES_FRAGMENTED_CONTROL);
    check(length <= 125, Fault.TAKES_LONG_CONTROL);
    if (has(Fault.COUNTS_CONTROL)) {
      checkSize(fragments.size() + length);
    }
    byte[] payload = payload(false);
    return switch (opcode()) {
      case ClientFrames.PING -> new Item.Ping(ByteBuffer.wrap(payload));
      case ClientFrames.CLOSE -> close(payload);
      default -> null;
    };
  }

  private Item data() throws IOException, Violation {
    if (opcode() == ClientFrames.CONTINUATION) {
      check(begun != 0, Fault.TAKES_STRAY_FRAGMENTS);
    } else {
      check(begun == 0, Fault.TAKES_NESTED_MESSAGES);
      begun = opcode() == ClientFrames.TEXT ? ClientFrames.TEXT : ClientFrames.BINARY;
      compressed = marked();
    }
    boolean early = !has(Fault.CHECKS_SIZE_AFTER_READING);
    long whole = length + (has(Fault.LIMITS_EACH_FRAGMENT_ALONE) ? 0 : fragments.size());
    if (early) {
      checkSize(length > Integer.MAX_VALUE ? length : whole);
    }
    boolean isText = !compressed && (begun == ClientFrames.TEXT || has(Fault.CHECKS_BINARY_TOO));
    byte[] payload = payload(isText);
    checkSize(whole);
    fragments.writeBytes(payload);
    if (isText && has(Fault.CHECKS_EACH_FRAGMENT_ALONE)) {
      checkUtf8(text.complete(), Fault.TAKES_CUT_CHARACTERS);
    }
    if (last()) {
      return message(isText);
    }
    if (has(Fault.FORGETS_EMPTY_BEGINNINGS) && fragments.size() == 0) {
      begun = 0;
    }
    return null;
  }

  private void checkSize(long bytes) throws Violation {
    if (bytes > (compressed ? 2L * maxMessageBytes : maxMessageBytes)) {
      throw new Violation(1009, "Message too big");
    }
  }

  private Item message(boolean isText) throws Violation {
    byte[] payload = fragments.toByteArray();
    MessageKind kind = begun == ClientFrames.TEXT ? MessageKind.TEXT : MessageKind.BINARY;
    fragments.reset();
    begun = 0;
    if (isText && has(Fault.CHECKS_TEXT_WHEN_THE_MESSAGE_ENDS)) {
      checkUtf8(text.accept(ByteBuffer.wrap(payload)), Fault.TAKES_MALFORMED_TEXT);
    }
    checkUtf8(!isText || text.complete(), Fault.TAKES_CUT_CHARACTERS);
    text = new Utf8Validator();
    return new Item.Message(kind, ByteBuffer.wrap(compressed ? inflated(kind, payload) : payload));
  }

  private byte[] inflated(MessageKind kind, byte[] payload) throws Violation {
    compressed = false;
    byte[] inflated = deflation.inflate(payload, maxMessageBytes);
    checkSize(inflated.length);
    boolean isText = kind == MessageKind.TEXT;
    checkUtf8(
        !isText || Utf8Validator.isValid(ByteBuffer.wrap(inflated)), Fault.TAKES_MALFORMED_TEXT);
    return inflated;
  }

  private Item close(byte[] payload) throws Violation {
    if (payload.length == 0) {
      return new Item.Close(CloseStatus.NO_STATUS);
    }
    check(payload.length > 1, Fault.TAKES_HALF_A_CODE);
    if (payload.length == 1) {
      return new Item.Close(CloseStatus.NO_STATUS);
    }
    int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    boolean valid = code >= 1000 && code <= 4999 && new CloseStatus(code, "").sendable();
    check(valid, Fault.TAKES_ANY_CLOSE_CODE);
    ByteBuffer reason = ByteBuffer.wrap(payload, 2, payload.length - 2);
    checkUtf8(Utf8Validator.isValid(reason), Fault.TAKES_MALFORMED_REASONS);
    return new Item.Close(
        new CloseStatus(
            valid ? code : 1000, valid ? StandardCharsets.UTF_8.decode(reason).toString() : ""));
  }

  private byte[] payload(boolean isText) throws IOException, Violation {
    if (length < 0) {
      unread = 0;
      return new byte[0];
    }
    byte[] payload = new byte[(int) length];
    for (int at = 0; at < payload.length; ) {
      int count = in.read(payload, at, payload.length - at);
      if (count < 0) {
        throw new EOFException("within a frame");
      }
      unread -= count;
      unmask(payload, at, at + count);
      at += count;
      boolean now =
          has(Fault.CHECKS_TEXT_WHEN_THE_FRAME_ENDS)
              ? at == payload.length
              : !has(Fault.CHECKS_TEXT_WHEN_THE_MESSAGE_ENDS);
      int from = has(Fault.CHECKS_TEXT_WHEN_THE_FRAME_ENDS) ? 0 : at - count;
      if (isText && now) {
        checkUtf8(
            text.accept(ByteBuffer.wrap(payload, from, at - from)), Fault.TAKES_MALFORMED_TEXT);
      }
    }
    return payload;
  }

  private void unmask(byte[] payload, int from, int to) {
    int key = has(Fault.KEEPS_THE_FIRST_MASK) ? firstMask : mask;
    for (int i = from; i < to; i++) {
      payload[i] ^= (byte) (key >>> (24 - 8 * (i % 4)));
    }
  }

  private void check(boolean holds, Fault unless) throws Violation {
    if (!holds && !has(unless)) {
      throw new Violation(1002, "Protocol error");
    }
  }

  private void checkUtf8(boolean holds, Fault unless) throws Violation {
    if (!holds && !has(unless)) {
      throw new Violation(1007, "Malformed UTF-8");
    }
  }
}
