package dev.roomcast.wire.internal;

import dev.roomcast.port.transport.PreparedMessage;

/**
 * A text, or a binary message, with its frame header around it, once for all connections.
 * Immutable, and the identity of its frame is what {@link Composer} recognises it by.
 */
public final class FramedText implements PreparedMessage {
  private final int size;
  private final byte[] frame;

  private FramedText(int size, byte[] frame) {
    this.size = size;
    this.frame = frame;
  }

  /**
   * Frames a text that is valid UTF-8.
   *
   * @param compressible whether it may be compressed; none is so far
   */
  public static FramedText of(byte[] utf8, boolean compressible) {
    return new FramedText(utf8.length, FrameEncoder.text(utf8));
  }

  /** Frames a binary message. */
  public static FramedText binary(byte[] payload, boolean compressible) {
    return new FramedText(payload.length, FrameEncoder.binary(payload));
  }

  /**
   * The frame of a message that this wire has prepared.
   *
   * @throws IllegalArgumentException if another transport has prepared it
   */
  public static byte[] frameOf(PreparedMessage message) {
    if (message instanceof FramedText text) {
      return text.frame;
    }
    throw new IllegalArgumentException(
        "message was prepared by another transport (" + message.getClass().getName() + ")");
  }

  @Override
  public int size() {
    return size;
  }
}
