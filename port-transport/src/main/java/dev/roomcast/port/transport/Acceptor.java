package dev.roomcast.port.transport;

/**
 * What a transport asks and tells the core about new connections. Implementations never block and
 * never throw. Limits count opened connections: they may be overshot by the upgrades that are under
 * way at the same time.
 */
public interface Acceptor {

  /**
   * Decides over an upgrade request that is correct by RFC 6455. Any thread.
   *
   * @return whether to upgrade, or how to refuse
   */
  Verdict admit(Handshake request);

  /**
   * A connection is open; on its loop, before any other callback of it. No message is delivered
   * before the core asks for one by {@link Connection#demand}.
   *
   * @param handshake the request it began with, with the subprotocol agreed on
   * @return what is told of the connection from now on
   */
  ConnectionListener opened(Connection connection, Handshake handshake);
}
