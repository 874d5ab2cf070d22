package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.codec.Json;
import dev.roomcast.port.transport.PreparedMessage;
import org.jspecify.annotations.Nullable;

/** A message on its way out, encoded once for all who get it. Immutable. */
public final class OutboundMessage {
  private final String event;
  private final @Nullable Json data;
  private final @Nullable String id;
  private final byte[] envelope;
  private final PreparedMessage plain;

  /**
   * A message.
   *
   * @param envelope the whole envelope as UTF-8; not to be changed
   * @param plain the same, ready for plain clients
   */
  OutboundMessage(
      String event,
      @Nullable Json data,
      @Nullable String id,
      byte[] envelope,
      PreparedMessage plain) {
    this.event = event;
    this.data = data;
    this.id = id;
    this.envelope = envelope;
    this.plain = plain;
  }

  String event() {
    return event;
  }

  @Nullable Json data() {
    return data;
  }

  /** Of the request that this answers; null for everything else. */
  @Nullable String id() {
    return id;
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
