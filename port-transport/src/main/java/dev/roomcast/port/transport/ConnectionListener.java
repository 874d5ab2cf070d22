package dev.roomcast.port.transport;

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
   * @param message its payload is lent: valid until this method returns
   */
  void onMessage(InboundMessage message);

  /** The outbound queue changed its level; called on change only. */
  void onBackpressure(Backpressure level);

  /**
   * The connection has ended, or its peer has closed it. Exactly once, and nothing follows it.
   *
   * @param status what the peer said; 1005 if it gave no code, 1006 if the connection broke; for a
   *     close that the transport or the core began, that one
   */
  void onClosed(CloseStatus status);
}
