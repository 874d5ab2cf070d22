package dev.roomcast.port.transport;

import java.nio.ByteBuffer;

/**
 * What a transport tells the core of one connection. Called on the connection's loop, never
 * concurrently, never before {@link Acceptor#opened} returned, and never from inside a method of
 * the {@link Connection}. Implementations do not throw; where one does, the transport logs it and
 * closes with 1011.
 */
public interface ConnectionListener {

  /**
   * One whole message, once for each unit of demand at most, in the order of arrival. A text that
   * is not UTF-8 never comes here; the transport closes with 1007.
   *
   * @param payload from position to limit, lent: valid until this method returns
   */
  void onMessage(MessageKind kind, ByteBuffer payload);

  /** The outbound queue changed its level; called on change only. */
  void onBackpressure(Backpressure level);

  /**
   * The peer or the transport has begun to close: at most once, and only where {@link
   * Connection#close} was not called before. No message follows it, and what is sent from now on is
   * lost.
   *
   * @param status what the peer said, 1005 if it gave no code; or the transport's reason
   */
  void onClosing(CloseStatus status);

  /**
   * The connection is gone. Exactly once, and nothing follows it.
   *
   * @param status the one of the close that began first, whoever began it; 1006 if the connection
   *     broke without one
   * @param lostMessages how many messages given to {@link Connection#send} are known to be lost:
   *     queued and not taken by the socket, or sent after the close began
   */
  void onClosed(CloseStatus status, long lostMessages);
}
