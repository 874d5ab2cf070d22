package dev.roomcast.port.transport;

/**
 * One open WebSocket connection, as the core uses it. Confined to {@link #loop()}, except {@code
 * loop()} and {@code handshake()}, which any thread may call.
 *
 * <ul>
 *   <li><b>C01</b> Messages reach the peer whole, in the order of {@link #send}.
 *   <li><b>C02</b> No method calls a {@link ConnectionListener} before it returned.
 *   <li><b>C03</b> No message is delivered without demand. {@link #demand} adds up; called from
 *       inside {@code onMessage} it counts for the next one. What was read and not demanded waits
 *       and is delivered on later demand, also if no byte ever comes again.
 *   <li><b>C04</b> Without demand the transport stops reading from the socket sooner or later, and
 *       its time-outs of silence stand still.
 *   <li><b>C05</b> {@link #close} with {@link Pending#FLUSH} comes after everything sent before it;
 *       with {@link Pending#DISCARD} what is queued is dropped, but a frame that was begun is
 *       finished. The first close wins; {@code send}, {@code demand} and {@code close} after it do
 *       nothing.
 *   <li><b>C06</b> After {@code close} the transport reads and discards until the peer's close, the
 *       end of the stream or {@code closeTimeout}, because closing a socket with unread input
 *       destroys what was sent (TCP RST). No {@code onMessage} and no {@code onBackpressure} comes
 *       any more.
 *   <li><b>C07</b> {@code abort} ends the connection at once and may lose what is queued.
 *   <li><b>C08</b> What was sent with {@link Flush#TURN_END} is offered to the socket before the
 *       loop waits again.
 * </ul>
 */
public interface Connection {

  /** The loop that owns this connection; always the same. Any thread. */
  EventLoop loop();

  /** The request it began with. Any thread. */
  Handshake handshake();

  /** Queues a message (C01). */
  void send(PreparedMessage message, Flush flush);

  /**
   * Allows {@code messages} more messages to be delivered (C03).
   *
   * @param messages 1 or more
   */
  void demand(int messages);

  /** Begins the closing handshake (C05, C06). */
  void close(CloseStatus status, Pending pending);

  /** Ends the connection without a closing handshake (C07). */
  void abort();

  /** Bytes accepted by {@link #send} that the socket has not taken yet, framing included. */
  long queuedBytes();
}
