package dev.roomcast.port.transport;

import java.nio.ByteBuffer;

/**
 * A whole message from a client.
 *
 * @param payload lent by the transport; see {@link ConnectionListener#onMessage}
 * @param kind text has been checked to be UTF-8, binary has not
 */
public record InboundMessage(ByteBuffer payload, Kind kind) {

  /** The two data opcodes of RFC 6455 section 5.6. */
  public enum Kind {
    TEXT,
    BINARY
  }
}
