package dev.roomcast.wire.internal;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.MessageKind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client's bytes, cut anywhere, into messages and control frames (RFC 6455 sections 5 and
 * 6.2). Stops in the middle of a buffer where a message begins that nobody asked for. Confined to
 * its connection's loop.
 *
 * <pre>
 *   READING --violation, or {@link #discard}--> DISCARDING --a close frame--> OVER
 *      +-----------------------a close frame------------------------------------^
 * </pre>
 */
public final class FrameParser {

  /** What a parser finds; called from inside {@link #parse} in the order of arrival. */
  public interface Sink {
    /** Whether one more message may come. */
    boolean hasCredit();

    /** A whole message, its payload valid until this returns. */
    void message(MessageKind kind, ByteBuffer payload);

    /** A ping; the payload may be kept. */
    void ping(ByteBuffer payload);

    /** The peer's close frame; once at most. The payload is empty if it was being discarded. */
    void peerClose(ByteBuffer payload);

    /** The peer broke a rule; what follows is discarded. Once at most. */
    void violation(CloseStatus answer);
  }

  private enum Mode {
    READING,
    DISCARDING,
    OVER
  }

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final Sink sink;
  private final int maxMessageBytes;
  private final @Nullable MessageInflater inflater;
  private final FrameHeader header = new FrameHeader();
  private final MessageAssembler assembler = new MessageAssembler();

  private Mode mode = Mode.READING;
  private boolean inPayload;

  /** Bytes of the current payload that have not come yet. */
  private long remaining;

  /** A control frame's payload as far as it has come. */
  private @Nullable ByteBuffer control;

  /** What inflates the current message; null if it is not compressed. */
  private @Nullable MessageInflater inflating;

  /**
   * A parser for one connection.
   *
   * @param inflater of the connection's loop; null if no compression was agreed on
   */
  public FrameParser(Sink sink, int maxMessageBytes, @Nullable MessageInflater inflater) {
    this.sink = sink;
    this.maxMessageBytes = maxMessageBytes;
    this.inflater = inflater;
  }

  /** From now on messages are skipped and only the peer's close frame is looked for. */
  public void discard() {
    if (mode == Mode.READING) {
      mode = Mode.DISCARDING;
      assembler.reset();
      control = null;
    }
  }

  /**
   * Reads on; bytes may be unmasked where they stand.
   *
   * @return true if all was consumed; false if a message waits for credit, with the buffer standing
   *     where its payload begins
   */
  public boolean parse(ByteBuffer in) {
    while (mode != Mode.OVER) {
      if (!inPayload) {
        if (!header.read(in)) {
          return true;
        }
        beginPayload();
      }
      if (waitsForCredit()) {
        return false;
      }
      if (!takePayload(in)) {
        return true;
      }
    }
    in.position(in.limit());
    return true;
  }

  private void beginPayload() {
    inPayload = true;
    remaining = header.length();
    if (mode == Mode.READING) {
      if (FrameRules.violatedBy(header, assembler.open(), inflater != null)) {
        violation(Closes.PROTOCOL_ERROR);
      } else if (!header.control()) {
        beginData();
      }
    }
    if (remaining < 0) {
      // No length that could be skipped: nothing after it can be understood.
      remaining = Long.MAX_VALUE;
    }
  }

  private void beginData() {
    if (!assembler.open()) {
      inflating = header.compressed() ? inflater : null;
    }
    int limit = inflating == null ? maxMessageBytes : inflating.maxCompressedBytes();
    if (remaining > limit - assembler.size()) {
      violation(Closes.TOO_BIG);
    }
  }

  private boolean waitsForCredit() {
    return mode == Mode.READING && !header.control() && !assembler.open() && !sink.hasCredit();
  }

  /** Returns whether the payload has been taken to its end. */
  private boolean takePayload(ByteBuffer in) {
    int available = (int) Math.min(remaining, in.remaining());
    if (mode == Mode.DISCARDING) {
      return skip(in, available);
    }
    if (header.control()) {
      return takeControl(in, available);
    }
    boolean whole = available == header.length() && header.fin() && !assembler.open();
    boolean inPlace = whole && !in.isReadOnly();
    return inPlace ? takeWhole(in, available) : takePart(in, available);
  }

  private boolean skip(ByteBuffer in, int available) {
    in.position(in.position() + available);
    remaining -= available;
    if (remaining > 0) {
      return false;
    }
    boolean close = FrameRules.isClose(header);
    endFrame();
    if (close) {
      mode = Mode.OVER;
      sink.peerClose(EMPTY);
    }
    return true;
  }

  private boolean takeControl(ByteBuffer in, int available) {
    ByteBuffer payload = control;
    if (payload == null) {
      payload = ByteBuffer.allocate((int) header.length());
      control = payload;
    }
    payload.put(payload.position(), in, in.position(), available);
    payload.position(payload.position() + available);
    in.position(in.position() + available);
    remaining -= available;
    if (remaining > 0) {
      return false;
    }
    Unmask.inPlace(payload.flip(), 0, payload.limit(), header.mask());
    control = null;
    int opcode = header.opcode();
    endFrame();
    if (opcode == Opcode.CLOSE) {
      mode = Mode.OVER;
      sink.peerClose(payload);
    } else if (opcode == Opcode.PING) {
      sink.ping(payload);
    }
    return true;
  }

  /** A message that lies whole in the buffer is not copied. */
  private boolean takeWhole(ByteBuffer in, int length) {
    int from = in.position();
    Unmask.inPlace(in, from, from + length, header.mask());
    ByteBuffer payload = in.slice(from, length);
    in.position(from + length);
    MessageKind kind = kind();
    endFrame();
    if (mustBeUtf8(kind) && !Utf8Validator.isValid(payload)) {
      violation(Closes.MALFORMED_UTF8);
    } else {
      message(kind, payload);
    }
    return true;
  }

  private boolean takePart(ByteBuffer in, int available) {
    if (!assembler.open()) {
      assembler.begin(kind(), mustBeUtf8(kind()));
    }
    int mask = Unmask.at(header.mask(), header.length() - remaining);
    long total = header.fin() ? assembler.size() + remaining : MessageAssembler.UNKNOWN;
    boolean valid = assembler.append(in, available, mask, total);
    remaining -= available;
    boolean frameEnds = remaining == 0;
    boolean messageEnds = frameEnds && header.fin();
    if (frameEnds) {
      endFrame();
    }
    if (!valid || (messageEnds && !assembler.complete())) {
      violation(Closes.MALFORMED_UTF8);
    } else if (messageEnds) {
      message(assembler.kind(), assembler.finish());
    }
    return frameEnds;
  }

  /** Whether the payload is text as it comes; of a compressed one only what it inflates to is. */
  private boolean mustBeUtf8(MessageKind kind) {
    return kind == MessageKind.TEXT && inflating == null;
  }

  private void message(MessageKind kind, ByteBuffer payload) {
    if (inflating == null) {
      sink.message(kind, payload);
      return;
    }
    switch (inflating.inflate(kind, payload)) {
      case MessageInflater.Outcome.Whole whole -> sink.message(kind, whole.payload());
      case MessageInflater.Outcome.Faulty faulty -> violation(faulty.answer());
    }
  }

  private MessageKind kind() {
    return header.opcode() == Opcode.TEXT ? MessageKind.TEXT : MessageKind.BINARY;
  }

  private void endFrame() {
    inPayload = false;
    header.reset();
  }

  private void violation(CloseStatus answer) {
    discard();
    sink.violation(answer);
  }
}
