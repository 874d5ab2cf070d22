package dev.roomcast.port.transport;

/**
 * How full a connection's outbound queue is. Levels are reported on change. After {@link
 * #OVER_LIMIT} and {@link #STALLED} the next level is {@link #CLEAR}, once the socket has taken
 * enough.
 */
public enum Backpressure {
  /** At most a quarter of the limit is unsent. */
  CLEAR,
  /** More than half of the limit is unsent after a write attempt. */
  HIGH,
  /**
   * More than the limit is unsent after a write attempt, and it is more than one message: a single
   * message larger than the limit goes out when the queue is empty.
   */
  OVER_LIMIT,
  /** Something waits and the socket has taken no byte for {@code stallTimeout}. */
  STALLED
}
