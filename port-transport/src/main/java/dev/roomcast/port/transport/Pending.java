package dev.roomcast.port.transport;

/** What becomes of queued messages when a connection is closed. */
public enum Pending {
  /** They go out first. */
  FLUSH,
  /** They are dropped; only a frame that was begun is finished. */
  DISCARD
}
