package dev.roomcast.wire.internal;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.MessageKind;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates whole messages, one after the other (RFC 7692 section 7.2.2), and stops at the first
 * byte that is too many or no UTF-8. One serves all connections of a loop, to which it is confined.
 */
public final class MessageInflater implements AutoCloseable {

  /** What came of a message. */
  public sealed interface Outcome {
    /** All of it; valid until the next message is inflated. */
    record Whole(ByteBuffer payload) implements Outcome {}

    /** A rule was broken, and what to answer. */
    record Faulty(CloseStatus answer) implements Outcome {}
  }

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Kept from one message to the next; nearly all fit. */
  private static final int KEPT_CAPACITY = 16 * 1024;

  /**
   * What the sender has cut off the message's end, and a last empty block, which tells whether the
   * data ends there.
   */
  private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

  /** How much of it is the last block. */
  private static final int LAST_BLOCK = 5;

  /**
   * How much compressed data may yield nothing, as where a sender flushes after every word. Empty
   * blocks cost more time than any other data, up to 6 ms for so many.
   */
  private static final int MAX_BARREN_BYTES = 64 * 1024;

  /** How much is taken before one looks at that. */
  private static final int STRETCH = 16 * 1024;

  private final int maxMessageBytes;
  private final ByteBuffer kept;
  private final Utf8Validator utf8 = new Utf8Validator();
  private @Nullable Inflater inflater;

  public MessageInflater(int maxMessageBytes) {
    this.maxMessageBytes = Math.min(LARGEST_ARRAY - 1, maxMessageBytes);
    kept = ByteBuffer.allocate(Math.min(KEPT_CAPACITY, this.maxMessageBytes + 1));
  }

  /**
   * How large a compressed message may be. Data that does not shrink grows, by an eighth at worst,
   * where its sender knows but the fixed code (RFC 1951 section 3.2.6).
   */
  int maxCompressedBytes() {
    return (int) Math.min(LARGEST_ARRAY, unshrunk(maxMessageBytes) + 1024);
  }

  private static long unshrunk(int size) {
    return size + size / 8L;
  }

  /**
   * Inflates one message.
   *
   * @param compressed as it came, without the mask; may be left half read
   */
  public Outcome inflate(MessageKind kind, ByteBuffer compressed) {
    if (!compressed.hasRemaining()) {
      // Strictly an octet must stand here (section 7.2.3.6), but nobody can take it for anything
      // else.
      return new Outcome.Whole(compressed);
    }
    utf8.reset();
    try {
      return new Message(kind, fresh()).inflate(compressed);
    } catch (DataFormatException corrupt) {
      return new Outcome.Faulty(Closes.CORRUPT);
    }
  }

  /** Made when the first message comes: many a server has compression on and nobody to use it. */
  private Inflater fresh() {
    Inflater used = inflater;
    if (used == null) {
      used = new Inflater(/* nowrap= */ true);
      inflater = used;
    } else {
      used.reset();
    }
    return used;
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  /** One message on its way. */
  private final class Message {
    private final boolean text;
    private final Inflater inflating;
    private ByteBuffer out = kept.clear();
    private @Nullable CloseStatus fault;

    Message(MessageKind kind, Inflater inflating) {
      this.text = kind == MessageKind.TEXT;
      this.inflating = inflating;
    }

    Outcome inflate(ByteBuffer compressed) throws DataFormatException {
      int from = compressed.position();
      int end = compressed.limit();
      while (fault == null && compressed.position() < end) {
        if (inflating.finished()) {
          // A last block need not be the message's last (section 7.2.3.4); what follows begins
          // anew.
          inflating.reset();
        }
        compressed.limit(compressed.position() + Math.min(STRETCH, end - compressed.position()));
        inflating.setInput(compressed);
        drain();
        if (compressed.position() - from > MAX_BARREN_BYTES + unshrunk(out.position())) {
          fault = Closes.TOO_BIG;
        }
      }
      if (fault == null && !inflating.finished()) {
        takeTail();
      }
      if (fault == null && text && !utf8.complete()) {
        fault = Closes.MALFORMED_UTF8;
      }
      return fault == null ? new Outcome.Whole(out.flip()) : new Outcome.Faulty(fault);
    }

    /** It must not stand for anything that was missing. */
    private void takeTail() throws DataFormatException {
      int before = out.position();
      inflating.setInput(TAIL);
      drain();
      int left = inflating.getRemaining();
      // The block that was cut off may have been a last one itself.
      boolean whole = inflating.finished() && (left == 0 || left == LAST_BLOCK);
      if (fault == null && (!whole || out.position() > before)) {
        fault = Closes.CORRUPT;
      }
    }

    /** Takes all that the inflater has to give for its input. */
    private void drain() throws DataFormatException {
      do {
        if (!out.hasRemaining()) {
          long larger = Math.min(2L * out.capacity(), maxMessageBytes + 1L);
          out = ByteBuffer.allocate((int) larger).put(out.flip());
        }
        int from = out.position();
        int count = inflating.inflate(out);
        if (out.position() > maxMessageBytes) {
          fault = Closes.TOO_BIG;
        } else if (text && !utf8.accept(out.slice(from, count))) {
          fault = Closes.MALFORMED_UTF8;
        }
      } while (fault == null && !out.hasRemaining());
    }
  }
}
