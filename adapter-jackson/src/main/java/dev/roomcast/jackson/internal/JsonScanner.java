package dev.roomcast.jackson.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Passes over JSON text by the grammar of RFC 8259 and says where it ends or breaks. It decodes
 * nothing, allocates nothing that the text could make large, and has no exception to throw: what
 * hostile clients send costs no more than what friendly ones do. The text must be UTF-8.
 *
 * <p>Jackson's own parser is not used for this, on purpose: it enters every member name into a
 * table that all messages share, which a name never seen before makes 60 times slower and hostile
 * clients can fill. See docs/adr/0007. The tests hold this class against it.
 *
 * <p>Confined to the call that made it.
 */
final class JsonScanner {
  /** Levels of nesting that an envelope may have, itself included. PROTOCOL.md 1. */
  static final int MESSAGE_LEVELS = 1_000;

  /** Levels that are left for its data. */
  static final int DATA_LEVELS = MESSAGE_LEVELS - 1;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final byte[] text;
  private final int start;
  private final int end;
  private final int levels;
  private int at;

  /**
   * Which of the open containers are objects; an own stack, so that depth never costs the thread's.
   */
  private boolean[] objects = new boolean[16];

  private int depth;
  private @Nullable String expected;

  /**
   * A scanner at the start.
   *
   * @param levels of nesting that it lets pass
   */
  JsonScanner(byte[] text, int start, int end, int levels) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.levels = levels;
    this.at = start;
  }

  /** Where the scan stands. */
  int at() {
    return at;
  }

  /** What was expected where, or null while the text is in order. */
  @Nullable String fault() {
    return expected == null ? null : "expected " + expected + " at byte " + (at - start);
  }

  /** The byte to come; at the end 0, which no JSON text contains outside of what is refused. */
  byte peek() {
    return at < end ? text[at] : 0;
  }

  /** Passes one byte of punctuation. */
  boolean take(char punctuation) {
    if (peek() != punctuation) {
      return fail("'" + punctuation + "'");
    }
    at++;
    return true;
  }

  /** Passes white space, if any. */
  void skipSpace() {
    while (at < end) {
      byte b = text[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return;
      }
      at++;
    }
  }

  /** Whether nothing but white space is left. */
  boolean finish() {
    skipSpace();
    return at == end || fail("the end");
  }

  /** Passes a bracket that opens, and white space. */
  boolean open(char bracket) {
    if (depth == levels) {
      return fail("at most " + levels + " levels");
    }
    if (!take(bracket)) {
      return false;
    }
    if (depth == objects.length) {
      objects = Arrays.copyOf(objects, depth * 2);
    }
    objects[depth++] = bracket == '{';
    skipSpace();
    return true;
  }

  /** Passes a bracket that closes. */
  boolean close(char bracket) {
    if (!take(bracket)) {
      return false;
    }
    depth--;
    return true;
  }

  /** Passes the colon behind a name, up to the value. */
  boolean skipColon() {
    skipSpace();
    if (!take(':')) {
      return false;
    }
    skipSpace();
    return true;
  }

  /** Passes one value of any kind; the scan stands on its first byte before and behind it after. */
  boolean skipValue() {
    int outside = depth;
    do {
      if (peek() == '{' || peek() == '[') {
        if (!open((char) peek())) {
          return false;
        }
        if (peek() != closing()) {
          if (!skipNameWithin()) {
            return false;
          }
          continue;
        }
      } else if (!skipScalar()) {
        return false;
      }
      if (!advance(outside)) {
        return false;
      }
    } while (depth > outside);
    return true;
  }

  /** From behind a value, or before a bracket that closes: to the next value, or out of all. */
  private boolean advance(int outside) {
    while (depth > outside) {
      skipSpace();
      if (peek() == ',') {
        at++;
        skipSpace();
        return skipNameWithin();
      }
      if (peek() != closing()) {
        return fail("',' or '" + closing() + "'");
      }
      at++;
      depth--;
    }
    return true;
  }

  private boolean skipNameWithin() {
    return !objects[depth - 1] || (skipString() && skipColon());
  }

  private char closing() {
    return objects[depth - 1] ? '}' : ']';
  }

  private boolean skipScalar() {
    return switch (peek()) {
      case '"' -> skipString();
      case 't' -> skipLiteral(TRUE);
      case 'f' -> skipLiteral(FALSE);
      case 'n' -> skipLiteral(NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> skipNumber();
      default -> fail("a value");
    };
  }

  /** Passes a string with its quotes. */
  boolean skipString() {
    if (!take('"')) {
      return false;
    }
    int next = at;
    while (next < end) {
      byte b = text[next];
      if (b == '"') {
        at = next + 1;
        return true;
      }
      if (b == '\\') {
        at = next;
        if (!skipEscape()) {
          return false;
        }
        next = at;
      } else if ((b & 0xE0) == 0) {
        at = next;
        return fail("an escape for a control character");
      } else {
        next++;
      }
    }
    at = end;
    return fail("'\"'");
  }

  private boolean skipEscape() {
    at++;
    switch (peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
      case 'u' -> {
        at++;
        for (int digit = 0; digit < 4; digit++) {
          if (Character.digit(peek(), 16) < 0) {
            return fail("a hexadecimal digit");
          }
          at++;
        }
      }
      default -> {
        return fail("an escape");
      }
    }
    return true;
  }

  private boolean skipLiteral(byte[] literal) {
    if (end - at < literal.length
        || !Arrays.equals(text, at, at + literal.length, literal, 0, literal.length)) {
      return fail("true, false or null");
    }
    at += literal.length;
    return true;
  }

  private boolean skipNumber() {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else if (!skipDigits()) {
      return false;
    }
    if (peek() == '.') {
      at++;
      if (!skipDigits()) {
        return false;
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      return skipDigits();
    }
    return true;
  }

  private boolean skipDigits() {
    int first = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > first || fail("a digit");
  }

  private boolean fail(String what) {
    expected = what;
    return false;
  }
}
