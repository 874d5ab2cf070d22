package dev.roomcast.port.transport;

/**
 * One open WebSocket connection, as the core uses it. Confined to {@link #loop()}, except {@code
 * loop()} itself, which any thread may call.
 *
 * <ul>
 *   <li><b>C01</b> Messages reach the peer whole, in the order of {@link #send}.
 *   <li><b>C02</b> No method calls a {@link ConnectionListener} before it returned.
 *   <li><b>C03</b> No message is delivered without demand. {@link #demand} adds up; called from
 *       inside {@code onMessage} it counts for the next one. What was read and not demanded waits
 *       and is delivered on later demand, also if no byte ever comes again.
 *   <li><b>C04</b> Without demand the transport buffers at most 64 KiB beyond the message that is
 *       coming in, then stops reading from the socket; its time-outs of silence stand still. A
 *       peer's close frame is seen in its place among the messages.
 *   <li><b>C05</b> {@link #close} with {@link Pending#FLUSH} comes after everything sent before it;
 *       with {@link Pending#DISCARD} what is queued is dropped, but a frame that was begun is
 *       finished. The first close wins; {@code send}, {@code demand} and {@code close} after it do
 *       nothing.
 *   <li><b>C06</b> After {@code close} the transport reads and discards until the peer's close, the
 *       end of the stream or {@code closeTimeout} from the call, because closing a socket with
 *       unread input destroys what was sent (TCP RST). Of the listener only {@code onClosed} is
 *       called any more.
 *   <li><b>C07</b> {@code abort} ends the connection at once and may lose what is queued.
 *   <li><b>C08</b> What was sent with {@link Flush#TURN_END} is offered to the socket before the
 *       loop waits again, together with everything queued before it.
 *   <li><b>C09</b> {@code send} attempts a write for every 256 KiB that were queued and not offered
 *       to the socket yet, so that a peer that reads is never taken for a slow one. {@link
 *       #queuedBytes} is exact after {@code send}; the core drops or closes by it.
 * </ul>
 */
public interface Connection {

  /** The loop that owns this connection; always the same. Any thread. */
  EventLoop loop();

  /** Queues a message (C01). */
  void send(PreparedMessage message, Flush flush);

  /**
   * Allows {@code messages} more messages to be delivered (C03).
   *
   * @param messages 1 or more
   */
  void demand(int messages);

  /**
   * Begins the closing handshake (C05, C06).
   *
   * @throws IllegalArgumentException if the code may not be sent
   */
  void close(CloseStatus status, Pending pending);

  /** Ends the connection without a closing handshake (C07). */
  void abort();

  /** Bytes accepted by {@link #send} that the socket has not taken yet, with or without framing. */
  long queuedBytes();
}
