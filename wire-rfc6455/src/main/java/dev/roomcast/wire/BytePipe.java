package dev.roomcast.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection after its upgrade, both directions. Confined to {@link #loop()}. No
 * method calls the {@link PipeListener} before it returned.
 *
 * <ul>
 *   <li><b>W02</b> {@link #write} takes what the socket takes now, possibly nothing, and never
 *       blocks. With TLS, written means taken by the engine; the pipe flushes what it holds itself.
 *       After an {@code IOException} the wire aborts, and {@code onClosed} still comes once.
 *   <li><b>W03</b> While {@link #wantWrite} is on, {@link PipeListener#onWritable} comes when the
 *       socket takes bytes again, and not in a spin while it does not.
 *   <li><b>W04</b> While {@link #wantRead} is off no {@code onBytes} comes; initially it is off,
 *       and none comes before {@link WebSocketWire#open} returned. Bytes that the library holds
 *       already (read with the upgrade request, decrypted by TLS) come once it is on, also from a
 *       silent socket.
 *   <li><b>W05</b> {@link #closeAfterFlush} ends the connection once everything written has left,
 *       TLS bytes included, and goes on reading until the end of the stream; {@link #abort} ends it
 *       at once. Both are idempotent and lead to {@link PipeListener#onClosed}.
 * </ul>
 */
public interface BytePipe {

  /** The loop that owns this pipe; always the same. Any thread. */
  PipeLoop loop();

  /**
   * Writes from the buffer's position on and moves it (W02).
   *
   * @param direct a direct buffer; lent until the call returns
   * @return how many bytes were taken, 0 or more
   * @throws IOException if the connection is broken
   */
  int write(ByteBuffer direct) throws IOException;

  /** Asks for {@code onWritable} or no longer (W03). */
  void wantWrite(boolean on);

  /** Asks for {@code onBytes} or no longer (W04). */
  void wantRead(boolean on);

  /** Ends the connection after what was written (W05). */
  void closeAfterFlush();

  /** Ends the connection at once (W05). */
  void abort();
}
