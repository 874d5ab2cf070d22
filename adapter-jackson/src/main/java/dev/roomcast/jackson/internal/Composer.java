package dev.roomcast.jackson.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.roomcast.port.codec.Json;
import java.util.Arrays;

/**
 * Puts JSON text together from pieces. Where the capacity was foreseen exactly, as it is for
 * strings of plain ASCII, nothing is copied twice. Confined to the call that made it.
 */
final class Composer {
  private byte[] text;
  private int size;

  Composer(int capacity) {
    text = new byte[capacity];
  }

  /** Text that is JSON already. */
  Composer raw(byte[] ascii) {
    reserve(ascii.length);
    System.arraycopy(ascii, 0, text, size, ascii.length);
    size += ascii.length;
    return this;
  }

  Composer raw(char ascii) {
    reserve(1);
    text[size++] = (byte) ascii;
    return this;
  }

  Composer json(Json json) {
    reserve(json.size());
    json.copyTo(text, size);
    size += json.size();
    return this;
  }

  /** A string with its quotes. */
  Composer string(String string) {
    return raw('"').raw(Escapes.encode(string)).raw('"');
  }

  byte[] toByteArray() {
    return size == text.length ? text : Arrays.copyOf(text, size);
  }

  private void reserve(int more) {
    if (text.length - size < more) {
      text = Arrays.copyOf(text, Math.max(size + more, size * 2));
    }
  }

  /** A piece for {@link #raw(byte[])}. */
  static byte[] piece(String ascii) {
    return ascii.getBytes(US_ASCII);
  }
}
