package dev.roomcast.port.transport;

/**
 * Whether messages are compressed, where client and transport agree on it (T06). Immutable.
 *
 * @param on whether the transport agrees at all
 * @param threshold the size in bytes from which a message is compressed; smaller ones would gain
 *     nothing
 */
public record Compression(boolean on, int threshold) {

  /** Below this size JSON hardly shrinks; measured, see docs/performance.md. */
  public static final int DEFAULT_THRESHOLD = 256;

  public Compression {
    if (threshold < 0) {
      throw new IllegalArgumentException("threshold is " + threshold + ", expected 0 or more");
    }
  }

  /** No compression. */
  public static Compression off() {
    return new Compression(false, DEFAULT_THRESHOLD);
  }

  /** Compression of messages of so many bytes and more. */
  public static Compression from(int threshold) {
    return new Compression(true, threshold);
  }
}
