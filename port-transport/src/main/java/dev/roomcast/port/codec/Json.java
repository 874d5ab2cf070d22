package dev.roomcast.port.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of one JSON value, as UTF-8, unchanged from where it came. Immutable.
 *
 * <p>Equality is that of the text: {@code 1.0} and {@code 1} differ.
 */
public final class Json {
  /** The value {@code null}, which is not the same as no value. */
  public static final Json NULL = trusted("null".getBytes(StandardCharsets.UTF_8));

  /** An object without members. */
  public static final Json EMPTY_OBJECT = trusted("{}".getBytes(StandardCharsets.UTF_8));

  private final byte[] utf8;

  private Json(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * Takes bytes that a codec has validated or written.
   *
   * @param utf8 exactly one JSON value by RFC 8259 in strict UTF-8; owned by the result and not to
   *     be changed. It is not checked again.
   */
  public static Json trusted(byte[] utf8) {
    return new Json(utf8);
  }

  /** The length of the text in bytes. */
  public int size() {
    return utf8.length;
  }

  /**
   * Copies the text.
   *
   * @throws IndexOutOfBoundsException if it does not fit
   */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(utf8, 0, target, at, utf8.length);
  }

  /** A copy of the text's bytes. */
  public byte[] toByteArray() {
    return utf8.clone();
  }

  /** Whether this is the value {@code null}. */
  public boolean isNull() {
    return equals(NULL);
  }

  /** Whether the value is an object. */
  public boolean isObject() {
    return utf8.length > 0 && utf8[0] == '{';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json json && Arrays.equals(utf8, json.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  /** The text. It may be a payload: not for logs. */
  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
