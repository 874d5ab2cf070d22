package dev.roomcast.wire.internal;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.port.transport.CloseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a peer's close frame says (RFC 6455 section 5.5.1). */
public sealed interface PeerClose {

  /** A proper close; {@link CloseStatus#NO_STATUS} if it bears no code. */
  record Said(CloseStatus status) implements PeerClose {
    /** What is answered. */
    public CloseStatus withoutReason() {
      return new CloseStatus(status.code(), "");
    }
  }

  /** A close that breaks the protocol, and what to answer. */
  record Invalid(CloseStatus answer) implements PeerClose {}

  /** Reads a payload, unmasked, from position to limit. */
  static PeerClose read(ByteBuffer payload) {
    if (!payload.hasRemaining()) {
      return new Said(CloseStatus.NO_STATUS);
    }
    if (payload.remaining() == 1) {
      return new Invalid(Closes.PROTOCOL_ERROR);
    }
    int code = payload.getShort() & 0xFFFF;
    if (code < 1000 || code > 4999) {
      return new Invalid(Closes.PROTOCOL_ERROR);
    }
    if (!Utf8Validator.isValid(payload)) {
      return new Invalid(Closes.MALFORMED_UTF8);
    }
    CloseStatus said = new CloseStatus(code, StandardCharsets.UTF_8.decode(payload).toString());
    return said.sendable() ? new Said(said) : new Invalid(Closes.PROTOCOL_ERROR);
  }
}
