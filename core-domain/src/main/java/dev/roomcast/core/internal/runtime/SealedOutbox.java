package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.cipher.SessionCipher;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts with the built-in cipher, here and now. What cannot be encrypted is dropped and ends the
 * session: never plaintext.
 *
 * @param encryptionFailed ends the session
 */
record SealedOutbox(
    Connection connection,
    SessionCipher cipher,
    Messages messages,
    Observer observer,
    Runnable encryptionFailed)
    implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(SealedOutbox.class);

  @Override
  public boolean send(OutboundMessage message, Flush flush) {
    byte[] sealed;
    try {
      sealed = cipher.seal(message.envelope());
    } catch (RuntimeException failed) {
      // Whatever a provider throws, not only what the port foresees: others wait for their turn.
      LOG.warn("a message could not be encrypted, closing", failed);
      observer.count(Signal.MESSAGE_DROPPED_UNENCRYPTED);
      encryptionFailed.run();
      return false;
    }
    connection.send(messages.sealed(sealed), flush);
    return true;
  }

  @Override
  public void close(CloseStatus status, Pending pending) {
    connection.close(status, pending);
  }
}
