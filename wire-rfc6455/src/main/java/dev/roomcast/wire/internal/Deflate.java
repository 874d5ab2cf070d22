package dev.roomcast.wire.internal;

/**
 * What compresses and inflates for the connections of one loop (RFC 7692). Confined to that loop.
 */
public record Deflate(MessageDeflater deflater, MessageInflater inflater) implements AutoCloseable {

  /**
   * What one loop needs.
   *
   * @param maxMessageBytes the largest message that is inflated
   */
  public static Deflate of(int maxMessageBytes) {
    return new Deflate(new MessageDeflater(), new MessageInflater(maxMessageBytes));
  }

  /** Frees what is outside the heap; nothing is compressed or inflated from now on. */
  @Override
  public void close() {
    deflater.close();
    inflater.close();
  }
}
