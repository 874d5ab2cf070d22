package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.model.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * Switches a session's encryption on, at its place in the queue; never off. Confined to its loop.
 */
final class SessionEncryption {
  private final Session session;
  private final ServerContext context;

  SessionEncryption(Session session, ServerContext context) {
    this.session = session;
    this.context = context;
  }

  /** What follows is encrypted: with the keys' cipher, or by the application's transformer. */
  void begin(LoginResult.Keys keys) {
    if (keys.cipher() == null) {
      session.sender().transform();
    } else {
      session.sender().sealWith(keys.cipher());
    }
    session.publish(session.profile().encryptedWith(keys.serverPublicKey(), keys.salt()));
  }

  /** The application has exchanged keys by itself. False if the client is not admitted. */
  boolean beginByApplication() {
    if (!session.admitted()) {
      return false;
    }
    if (!session.profile().encrypted()) {
      session.sender().transform();
      session.publish(session.profile().encryptedWith(null, null));
    }
    return true;
  }

  /** The client and the built-in encryption have agreed on a key: tell it in the clear, switch. */
  void complete(LoginResult.Keys keys, @Nullable String requestId) {
    if (session.admitted() && session.profile().encrypted()) {
      session.answer(ErrorText.HANDSHAKE_FAILED, requestId); // the application was faster
    } else if (session.admitted()) {
      session.sender().sendAlways(Welcome.handshakeComplete(context, keys, requestId));
      begin(keys);
    }
  }
}
