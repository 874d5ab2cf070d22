package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.model.ErrorText;
import dev.roomcast.core.internal.model.SessionEvent;
import dev.roomcast.core.internal.model.SessionEvent.MessageKind;
import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.SessionCipher;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.MalformedEnvelope;
import dev.roomcast.port.observation.Signal;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a client sent into events of its session. Confined to the session's loop. */
final class Inbound {
  private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

  private final Session session;
  private final ServerContext context;

  Inbound(Session session, ServerContext context) {
    this.session = session;
    this.context = context;
  }

  void receive(ByteBuffer payload) {
    switch (context.codec().envelopes().read(payload)) {
      case MalformedEnvelope malformed -> refuse(malformed);
      case Envelope envelope -> {
        MessageKind kind = kind(envelope);
        if (plaintextRefused(kind)) {
          context.observer().count(Signal.MESSAGE_REFUSED);
          session.answer(ErrorText.DECRYPTION_FAILED, envelope.id());
        } else {
          session.happen(new SessionEvent.Received(kind, envelope.id()), envelope);
        }
      }
    }
  }

  private void refuse(MalformedEnvelope malformed) {
    context.observer().count(Signal.MESSAGE_MALFORMED);
    LOG.debug("client {}: {}", session.id(), malformed.detail());
    session.happen(new SessionEvent.Malformed(malformed.id()));
  }

  private MessageKind kind(Envelope envelope) {
    return switch (envelope.event()) {
      case "heartbeat" -> MessageKind.HEARTBEAT;
      case "authenticate" -> MessageKind.AUTHENTICATE;
      case "encrypted" ->
          session.sender().cipher() == null ? MessageKind.ORDINARY : MessageKind.ENCRYPTED;
      default -> MessageKind.ORDINARY;
    };
  }

  private boolean plaintextRefused(MessageKind kind) {
    return session.sender().cipher() != null
        && !context.options().sessions().acceptPlaintext()
        && kind != MessageKind.ENCRYPTED
        && kind != MessageKind.HEARTBEAT;
  }

  /** An {@code encrypted} message of a session whose built-in encryption is on. */
  void decrypt(Envelope outer) {
    byte[] plaintext = open(outer);
    if (plaintext == null) {
      context.observer().count(Signal.MESSAGE_UNDECIPHERABLE);
      session.answer(ErrorText.DECRYPTION_FAILED, outer.id());
      return;
    }
    switch (context.codec().envelopes().read(ByteBuffer.wrap(plaintext))) {
      case MalformedEnvelope malformed -> refuse(malformed);
      case Envelope inner -> {
        // Encrypted within encrypted is an event like any other, so that nothing recurses.
        MessageKind kind = kind(inner);
        session.happen(
            new SessionEvent.Received(
                kind == MessageKind.ENCRYPTED ? MessageKind.ORDINARY : kind, inner.id()),
            inner);
      }
    }
  }

  private byte @Nullable [] open(Envelope outer) {
    SessionCipher cipher = session.sender().cipher();
    Map<?, ?> members = Members.of(context.codec().mapper(), outer.data());
    if (cipher == null
        || !(members.get("iv") instanceof String iv)
        || !(members.get("ct") instanceof String ct)) {
      return null;
    }
    try {
      return cipher.open(iv, ct);
    } catch (CipherException notAuthentic) {
      LOG.debug("client {} sent what does not decrypt", session.id(), notAuthentic);
      return null;
    } catch (RuntimeException fault) {
      LOG.warn("the cipher of client {} failed", session.id(), fault);
      return null;
    }
  }
}
