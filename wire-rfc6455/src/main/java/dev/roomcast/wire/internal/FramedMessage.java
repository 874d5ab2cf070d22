package dev.roomcast.wire.internal;

import dev.roomcast.port.transport.PreparedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message of either kind with its frame header around it, once for all connections, and once more
 * compressed if one wants it so. To its users immutable; the identity of a frame is what {@link
 * Composer} recognises it by. Thread-safe.
 */
public final class FramedMessage implements PreparedMessage {
  private final int size;
  private final byte[] plain;
  private final boolean compressible;

  /** Null until a connection asks for it; the plain frame where compression gains nothing. */
  private volatile byte @Nullable [] compressed;

  private FramedMessage(int size, byte[] plain, boolean compressible) {
    this.size = size;
    this.plain = plain;
    this.compressible = compressible;
  }

  /**
   * Frames a text that is valid UTF-8.
   *
   * @param compressible whether it may, and is worth to, be compressed
   */
  public static FramedMessage text(byte[] utf8, boolean compressible) {
    return new FramedMessage(utf8.length, FrameEncoder.text(utf8), compressible);
  }

  /**
   * Frames a binary message.
   *
   * @param compressible whether it may, and is worth to, be compressed
   */
  public static FramedMessage binary(byte[] payload, boolean compressible) {
    return new FramedMessage(payload.length, FrameEncoder.binary(payload), compressible);
  }

  /**
   * A message that this wire has prepared.
   *
   * @throws IllegalArgumentException if another transport has prepared it
   */
  public static FramedMessage of(PreparedMessage message) {
    if (message instanceof FramedMessage framed) {
      return framed;
    }
    throw new IllegalArgumentException(
        "message was prepared by another transport (" + message.getClass().getName() + ")");
  }

  /**
   * The frame for one connection; always the same array for the same form.
   *
   * @param deflater of the connection's loop; null if no compression was agreed on
   */
  public byte[] frame(@Nullable MessageDeflater deflater) {
    // In this order: of a message that is not, the connection's deflater need not be fetched.
    return compressible && deflater != null ? compressed(deflater) : plain;
  }

  private byte[] compressed(MessageDeflater deflater) {
    byte[] ready = compressed;
    return ready == null ? compress(deflater) : ready;
  }

  /** Another loop that needs it now waits: it would otherwise do the same work for as long. */
  private synchronized byte[] compress(MessageDeflater deflater) {
    byte[] ready = compressed;
    if (ready == null) {
      ready = FrameEncoder.compressed(plain, size, deflater);
      compressed = ready;
    }
    return ready;
  }

  @Override
  public int size() {
    return size;
  }
}
