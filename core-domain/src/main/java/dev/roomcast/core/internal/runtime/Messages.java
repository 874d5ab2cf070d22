package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.model.ErrorText;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Encodes messages for clients. Thread-safe. */
public final class Messages {
  private final Codec codec;
  private final Transport transport;
  private final Map<ErrorText, OutboundMessage> errors = new ConcurrentHashMap<>();

  public Messages(Codec codec, Transport transport) {
    this.codec = codec;
    this.transport = transport;
  }

  public OutboundMessage encode(String event, @Nullable Json data, @Nullable String id) {
    return encode(event, data, id, /* compressible= */ true);
  }

  /** What the application's transformer has made of a message: perhaps secret, perhaps in part. */
  OutboundMessage encodeTransformed(String event, @Nullable Json data, @Nullable String id) {
    return encode(event, data, id, /* compressible= */ false);
  }

  private OutboundMessage encode(
      String event, @Nullable Json data, @Nullable String id, boolean compressible) {
    byte[] envelope = codec.envelopes().write(event, data, id);
    return new OutboundMessage(
        event, data, id, envelope, transport.prepare(envelope, compressible));
  }

  public OutboundMessage encode(String event, Map<String, ?> data, @Nullable String id) {
    return encode(event, codec.mapper().toJson(data), id);
  }

  /**
   * An {@code error}; those without an id are encoded once, because hostile clients ask for many.
   */
  OutboundMessage error(ErrorText error, @Nullable String id) {
    return id == null
        ? errors.computeIfAbsent(error, text -> encodeError(text, null))
        : encodeError(error, id);
  }

  private OutboundMessage encodeError(ErrorText error, @Nullable String id) {
    return encode("error", Map.of("message", error.text()), id);
  }

  /** What an encrypted session's cipher has made of an envelope. */
  PreparedMessage sealed(byte[] envelope) {
    return transport.prepare(envelope, /* compressible= */ false);
  }
}
