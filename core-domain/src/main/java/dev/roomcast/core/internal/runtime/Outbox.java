package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;

/** What encrypts on the one ordered way out of a session. Confined to its loop. */
sealed interface Outbox permits SealedOutbox, TransformedOutbox {

  /** Sends after everything sent before; false if it was dropped. */
  boolean send(OutboundMessage message, Flush flush);

  /** Closes the connection, after everything sent before unless that is to be discarded. */
  void close(CloseStatus status, Pending pending);

  /** Bytes that wait here and are not the connection's yet. */
  default long waitingBytes() {
    return 0;
  }

  /** The connection is gone: whatever still waits is lost and counted. */
  default void abandon() {}
}
