package dev.roomcast.core.internal.model;

/** What becomes of messages that are queued when a session ends. */
public enum Backlog {
  /** They go out first. */
  FLUSH,
  /** They are dropped. */
  DISCARD
}
