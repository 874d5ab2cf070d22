package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;

/** Straight to the connection, in the clear. */
record PlainOutbox(Connection connection) implements Outbox {

  @Override
  public boolean send(OutboundMessage message, Flush flush) {
    connection.send(message.plain(), flush);
    return true;
  }

  @Override
  public void close(CloseStatus status, Pending pending) {
    connection.close(status, pending);
  }
}
