package dev.roomcast.port.transport;

/** The two data opcodes of RFC 6455 section 5.6. */
public enum MessageKind {
  /** Has been checked to be UTF-8. */
  TEXT,
  /** Has not been checked. */
  BINARY
}
