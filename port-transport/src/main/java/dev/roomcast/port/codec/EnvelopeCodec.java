package dev.roomcast.port.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes envelopes, strictly by RFC 8259. Thread-safe.
 *
 * <ul>
 *   <li><b>E01</b> Exactly one object, white space around it allowed; no byte order mark, no other
 *       encoding than UTF-8; overlong forms, surrogates and code points above U+10FFFF are refused.
 *   <li><b>E02</b> Nesting of 1,000 levels is read, counting the envelope; deeper is malformed.
 *   <li><b>E03</b> Unknown members are ignored, of repeated ones the last counts; an {@code id}
 *       that is no string of 1 to 128 units is as if absent.
 *   <li><b>E04</b> The text of {@code data} comes out as it went in: no number, escape or order of
 *       members changes. {@code null} and absent differ.
 *   <li><b>E05</b> {@code event} missing, empty or not a string is malformed.
 *   <li><b>E06</b> {@code read} never throws for any bytes, leaves the buffer's position and limit
 *       as they are, and keeps no reference to it.
 *   <li><b>E07</b> {@code write} yields {@code event}, {@code data}, {@code id} in this order, the
 *       absent ones left out, in strict UTF-8 (a lone surrogate in {@code event} or {@code id} is
 *       written as an escape).
 * </ul>
 */
public interface EnvelopeCodec {

  /**
   * Reads a message (E01 to E06).
   *
   * @param borrowed the message from position to limit, direct or not; lent until the call returns
   */
  DecodedEnvelope read(ByteBuffer borrowed);

  /**
   * Writes a message (E07).
   *
   * @return a new array, the caller's
   */
  byte[] write(String event, @Nullable Json data, @Nullable String id);
}
