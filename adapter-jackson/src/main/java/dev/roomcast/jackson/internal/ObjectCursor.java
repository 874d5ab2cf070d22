package dev.roomcast.jackson.internal;

import dev.roomcast.port.codec.Utf8Validator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the members of a text that is exactly one JSON object. What it has given out holds
 * only once {@link #next} said false and {@link #fault} is null: the end of the text may be wrong.
 *
 * <p>Confined to the call that made it; borrows the buffer's array where there is one.
 */
final class ObjectCursor {
  private final byte[] text;
  private final JsonScanner scanner;
  private final boolean utf8;
  private boolean begun;
  private Slice name;
  private Slice value;

  private ObjectCursor(byte[] text, int start, int end, boolean utf8) {
    this.text = text;
    this.utf8 = utf8;
    scanner = new JsonScanner(text, start, end, JsonScanner.MESSAGE_LEVELS);
    name = new Slice(text, start, start);
    value = name;
  }

  /** A cursor before the first member of what stands from position to limit. */
  static ObjectCursor over(ByteBuffer borrowed) {
    boolean utf8 = Utf8Validator.isValid(borrowed);
    if (utf8 && borrowed.hasArray()) {
      int start = borrowed.arrayOffset() + borrowed.position();
      return new ObjectCursor(borrowed.array(), start, start + borrowed.remaining(), utf8);
    }
    byte[] copy = new byte[utf8 ? borrowed.remaining() : 0];
    borrowed.get(borrowed.position(), copy);
    return new ObjectCursor(copy, 0, copy.length, utf8);
  }

  /** Moves to the next member; false at the end and at a fault. */
  boolean next() {
    if (!utf8) {
      return false;
    }
    if (!begun) {
      begun = true;
      scanner.skipSpace();
      if (!scanner.open('{')) {
        return false;
      }
      return scanner.peek() == '}' ? end() : member();
    }
    scanner.skipSpace();
    if (scanner.peek() == ',') {
      scanner.take(',');
      scanner.skipSpace();
      return member();
    }
    return end();
  }

  private boolean member() {
    int start = scanner.at();
    if (!scanner.skipString()) {
      return false;
    }
    name = new Slice(text, start, scanner.at());
    if (!scanner.skipColon()) {
      return false;
    }
    start = scanner.at();
    if (!scanner.skipValue()) {
      return false;
    }
    value = new Slice(text, start, scanner.at());
    return true;
  }

  private boolean end() {
    if (scanner.close('}')) {
      scanner.finish();
    }
    return false;
  }

  /** The name of the member it stands on. */
  Slice name() {
    return name;
  }

  /** The value of the member it stands on. */
  Slice value() {
    return value;
  }

  /** What is wrong with the text and where, without any of it; null if nothing is. */
  @Nullable String fault() {
    return utf8 ? scanner.fault() : "not UTF-8";
  }
}
