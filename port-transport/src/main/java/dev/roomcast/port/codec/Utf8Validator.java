package dev.roomcast.port.codec;

import java.nio.ByteBuffer;

/**
 * Checks UTF-8 as it arrives, in pieces of any size, and fails at the first byte that cannot be
 * part of it: strict by RFC 3629, so overlong forms, surrogates and code points above U+10FFFF
 * fail. Used by the wire for text messages and by codecs for everything else. Confined to one
 * thread at a time.
 */
public final class Utf8Validator {
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** How many continuation bytes are still to come. */
  private int expected;

  /** The range of the next continuation byte, narrower after E0, ED, F0 and F4 (RFC 3629). */
  private int lower = 0x80;

  private int upper = 0xBF;

  /** Whether the bytes from position to limit are UTF-8, whole. Leaves the position as it is. */
  public static boolean isValid(ByteBuffer bytes) {
    Utf8Validator validator = new Utf8Validator();
    return validator.accept(bytes) && validator.complete();
  }

  /**
   * Checks the bytes from position to limit and leaves the position as it is.
   *
   * @return false if they cannot go on what came before; the validator is useless from then on
   *     until {@link #reset}
   */
  public boolean accept(ByteBuffer bytes) {
    int at = bytes.position();
    int limit = bytes.limit();
    while (at < limit) {
      if (expected == 0) {
        while (at + Long.BYTES <= limit && (bytes.getLong(at) & HIGH_BITS) == 0) {
          at += Long.BYTES;
        }
        if (at == limit) {
          return true;
        }
      }
      if (!accept(bytes.get(at++) & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private boolean accept(int octet) {
    if (expected > 0) {
      if (octet < lower || octet > upper) {
        return false;
      }
      expected--;
      return next(0x80, 0xBF);
    }
    if (octet < 0x80) {
      return true;
    }
    if (octet < 0xC2 || octet > 0xF4) {
      return false;
    }
    expected = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
    return switch (octet) {
      case 0xE0 -> next(0xA0, 0xBF);
      case 0xED -> next(0x80, 0x9F);
      case 0xF0 -> next(0x90, 0xBF);
      case 0xF4 -> next(0x80, 0x8F);
      default -> next(0x80, 0xBF);
    };
  }

  private boolean next(int from, int to) {
    lower = from;
    upper = to;
    return true;
  }

  /** Whether no character is left half read. */
  public boolean complete() {
    return expected == 0;
  }

  /** Begins anew. */
  public void reset() {
    expected = 0;
    lower = 0x80;
    upper = 0xBF;
  }
}
