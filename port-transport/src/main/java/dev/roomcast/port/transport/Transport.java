package dev.roomcast.port.transport;

/**
 * Accepts WebSocket connections and carries messages on them.
 *
 * <p>Life cycle: {@link #start} once, then {@link #prepare} as often as needed, {@link
 * #stopAccepting}, {@link #close}.
 *
 * <ul>
 *   <li><b>T01</b> {@code start} returns once connections are accepted, and throws {@link
 *       TransportException} with a message for people if that is impossible (port in use).
 *   <li><b>T02</b> For each upgrade request {@link Acceptor#admit} is asked once; for each
 *       connection whose upgrade succeeded {@link Acceptor#opened} is called once, on the
 *       connection's loop, before any other callback of that connection.
 *   <li><b>T03</b> {@code stopAccepting} is idempotent: no connection is opened after it returned;
 *       open connections go on.
 *   <li><b>T04</b> {@code close} is idempotent; it aborts what is still open, reports each with
 *       {@link ConnectionListener#onClosed}, and returns when the transport's threads and sockets
 *       are released.
 *   <li><b>T05</b> {@code prepare} may be called on any thread after {@code start}; its result may
 *       be sent on any number of connections of this transport, at the same time, and never
 *       changes.
 *   <li><b>T06</b> A transport that can compress agrees on permessage-deflate (RFC 7692) where
 *       {@link TransportSettings#compression} is on and the client offers it in a form that it can
 *       keep to, and only then. The limit of {@code maxMessageBytes} holds for what is inflated; a
 *       message that was prepared with {@code compressible} false is never compressed; {@link
 *       Connection}'s rules hold as without it. A transport that cannot ignores the setting.
 * </ul>
 */
public interface Transport extends AutoCloseable {

  /**
   * Starts accepting.
   *
   * @param context what the transport needs of the core until {@link #close} returned
   * @return where clients connect
   * @throws TransportException if the transport cannot start
   * @throws IllegalStateException if it was started before
   */
  TransportAddress start(TransportContext context);

  /**
   * Prepares one text message for sending it many times (T05).
   *
   * @param utf8 valid UTF-8; owned by the result from now on and not to be changed
   * @param compressible false for what is encrypted, which must not be compressed
   */
  PreparedMessage prepare(byte[] utf8, boolean compressible);

  /** Refuses new connections from now on (T03). Any thread. */
  void stopAccepting();

  /** Ends everything (T04). Any thread but a loop's. */
  @Override
  void close();
}
