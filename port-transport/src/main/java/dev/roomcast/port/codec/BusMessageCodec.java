package dev.roomcast.port.codec;

import java.nio.ByteBuffer;

/**
 * Reads and writes what travels between servers. Thread-safe.
 *
 * <ul>
 *   <li><b>B01</b> Reading is as strict as for envelopes (E01, E02): one bad publisher's bytes in a
 *       text frame would make every browser in a room close with 1007.
 *   <li><b>B02</b> Unknown members are ignored, of repeated ones the last counts. A member of the
 *       wrong type is as if lacking; {@code exclude} null or absent is empty, and its elements that
 *       are no strings are ignored.
 *   <li><b>B03</b> Malformed: not one JSON object, or {@code serverId}, {@code type} or {@code
 *       event} lacking or empty. Whether a target is needed is the core's to judge.
 *   <li><b>B04</b> {@code write} yields {@code serverId}, {@code type}, {@code target}, {@code
 *       event}, {@code data}, {@code exclude} in this order; an absent target or data and an empty
 *       exclude are left out.
 *   <li><b>B05</b> {@code data} passes unchanged (E04); {@code read} never throws for any bytes.
 * </ul>
 */
public interface BusMessageCodec {

  /**
   * Reads a message (B01 to B03).
   *
   * @param borrowed from position to limit; lent until the call returns
   */
  DecodedBusMessage read(ByteBuffer borrowed);

  /**
   * Writes a message (B04).
   *
   * @return a new array, the caller's
   */
  byte[] write(BusMessage message);
}
