package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.codec.Json;
import dev.roomcast.port.transport.PreparedMessage;
import org.jspecify.annotations.Nullable;

/** A message on its way out, encoded once for all who get it. Immutable. */
public final class OutboundMessage {
  private final String event;
  private final @Nullable Json data;
  private final byte[] envelope;
  private final PreparedMessage plain;

  /**
   * A message.
   *
   * @param envelope the whole envelope as UTF-8; not to be changed
   * @param plain the same, ready for plain clients
   */
  OutboundMessage(String event, @Nullable Json data, byte[] envelope, PreparedMessage plain) {
    this.event = event;
    this.data = data;
    this.envelope = envelope;
    this.plain = plain;
  }

  String event() {
    return event;
  }

  @Nullable Json data() {
    return data;
  }

  /** Lent; not to be changed. */
  byte[] envelope() {
    return envelope;
  }

  PreparedMessage plain() {
    return plain;
  }

  int size() {
    return envelope.length;
  }
}
