package dev.roomcast.wire.internal;

import dev.roomcast.port.transport.Backpressure;

/**
 * Which level an outbound queue has, as {@link Backpressure} documents it. Pure.
 *
 * @param limit bytes that may be unsent after a write attempt
 */
public record Watermarks(int limit) {

  /**
   * The level after a write attempt.
   *
   * @param now the level before
   * @param unsent bytes that wait
   * @param messages how many messages they are, a begun one included
   * @param progress whether the socket took a byte
   */
  public Backpressure next(Backpressure now, long unsent, int messages, boolean progress) {
    boolean low = unsent <= limit / 4;
    return switch (now) {
      case CLEAR, HIGH -> {
        if (unsent > limit && messages > 1) {
          yield Backpressure.OVER_LIMIT;
        }
        yield unsent > limit / 2 ? Backpressure.HIGH : low ? Backpressure.CLEAR : now;
      }
      case OVER_LIMIT -> low ? Backpressure.CLEAR : now;
      case STALLED -> low && progress ? Backpressure.CLEAR : now;
    };
  }
}
