package dev.roomcast.wire.internal;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.port.transport.MessageKind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects a message that does not lie whole in one read, from fragments or parts of them, and
 * checks a text as it comes. A compressed one is collected as it is: so nobody can have much held
 * for the price of few bytes. Holds memory only while a message is open, and never more than twice
 * what has arrived. Confined to its connection's loop.
 */
final class MessageAssembler {
  /** More fragments may follow. */
  static final long UNKNOWN = Long.MAX_VALUE;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private @Nullable MessageKind kind;
  private @Nullable Utf8Validator text;
  private ByteBuffer payload = EMPTY;

  /** Whether a message was begun and not finished. */
  boolean open() {
    return kind != null;
  }

  /** How many bytes have been collected. */
  int size() {
    return payload.position();
  }

  /**
   * Begins a message.
   *
   * @param utf8 whether to check that it is UTF-8
   */
  void begin(MessageKind of, boolean utf8) {
    kind = of;
    text = utf8 ? new Utf8Validator() : null;
  }

  /**
   * Copies and unmasks.
   *
   * @param in its next {@code length} bytes are taken
   * @param mask the key for the first of them
   * @param total how large the message will be, or {@link #UNKNOWN}
   * @return false if the text is not UTF-8
   */
  boolean append(ByteBuffer in, int length, int mask, long total) {
    int from = payload.position();
    ensure(from + length, total);
    payload.put(from, in, in.position(), length).position(from + length);
    in.position(in.position() + length);
    Unmask.inPlace(payload, from, from + length, mask);
    return text == null || text.accept(payload.slice(from, length));
  }

  private void ensure(int needed, long total) {
    if (needed > payload.capacity()) {
      // A header promises any size for the price of six bytes, so memory follows what has come; it
      // doubles, or fragments of one byte would be copied again for each.
      long capacity = Math.min(Math.min(total, 2L * needed), LARGEST_ARRAY);
      payload = ByteBuffer.allocate((int) capacity).put(payload.flip());
    }
  }

  /** Whether what was collected may be the end of a message: no character is left half read. */
  boolean complete() {
    return text == null || text.complete();
  }

  /** The kind of the open message. */
  MessageKind kind() {
    if (kind == null) {
      throw new IllegalStateException("no message is open");
    }
    return kind;
  }

  /** Hands over the message's bytes and forgets it. */
  ByteBuffer finish() {
    ByteBuffer message = payload.flip();
    reset();
    return message;
  }

  /** Forgets what was collected. */
  void reset() {
    kind = null;
    text = null;
    payload = EMPTY;
  }
}
