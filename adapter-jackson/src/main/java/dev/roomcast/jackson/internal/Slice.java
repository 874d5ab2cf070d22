package dev.roomcast.jackson.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.port.codec.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where one value, without white space around it, stands in text that was scanned. Borrows the
 * text: for use within the call that scanned it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never printed
record Slice(byte[] text, int from, int to) {

  /** The one value that the text is, or null if it is none or too deep for {@code data}. */
  static @Nullable Slice ofValue(byte[] text) {
    JsonScanner scanner = new JsonScanner(text, 0, text.length, JsonScanner.DATA_LEVELS);
    scanner.skipSpace();
    int from = scanner.at();
    if (!scanner.skipValue()) {
      return null;
    }
    int to = scanner.at();
    return scanner.finish() ? new Slice(text, from, to) : null;
  }

  boolean isString() {
    return text[from] == '"';
  }

  boolean isArray() {
    return text[from] == '[';
  }

  /** The string, decoded; null if the value is none. */
  @Nullable String string() {
    return isString() ? Escapes.decode(new String(text, from + 1, to - from - 2, UTF_8)) : null;
  }

  /**
   * Whether this is a string of these characters, escaped or not.
   *
   * @param ascii without a character that JSON must escape
   */
  boolean is(String ascii) {
    int length = to - from - 2;
    if (length < ascii.length()) {
      return false;
    }
    for (int at = 0; at < ascii.length(); at++) {
      byte b = text[from + 1 + at];
      if (b != ascii.charAt(at)) {
        return b == '\\' && ascii.equals(string());
      }
    }
    return length == ascii.length();
  }

  /** A copy of the text. */
  Json json() {
    return Json.trusted(Arrays.copyOfRange(text, from, to));
  }
}
