package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.MessageKind;
import java.nio.ByteBuffer;

/** What a simulated client sent, in the order sent. */
sealed interface Inbound {

  /**
   * A message.
   *
   * @param payload never changed
   */
  record Message(ByteBuffer payload, MessageKind kind) implements Inbound {}

  record Close(CloseStatus status) implements Inbound {}
}
