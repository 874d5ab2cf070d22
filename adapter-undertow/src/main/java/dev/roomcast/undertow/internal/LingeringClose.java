package dev.roomcast.undertow.internal;

import java.io.IOException;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Ends a connection so that what was written arrives: says that no more comes, then reads and
 * discards until the peer has closed too. Closing a socket with unread input makes TCP send RST,
 * which destroys what the peer has not read yet (RFC 1122 section 4.2.2.13). Confined to the loop.
 */
final class LingeringClose {

  private final StreamConnection connection;
  private final PipeSocket socket;
  private final XnioLoop loop;

  private LingeringClose(StreamConnection connection, PipeSocket socket, XnioLoop loop) {
    this.connection = connection;
    this.socket = socket;
    this.loop = loop;
  }

  /**
   * Takes the connection over; its close listener tells the end. Who calls this has a time-out of
   * its own, after which it closes the connection.
   *
   * @param socket of the connection
   */
  static void begin(StreamConnection connection, PipeSocket socket, XnioLoop loop) {
    LingeringClose closing = new LingeringClose(connection, socket, loop);
    socket.listen(closing::discard, closing::flush);
    try {
      socket.shutdownWrites();
      closing.flush();
      socket.resumeReads();
    } catch (IOException broken) {
      IoUtils.safeClose(connection);
    }
  }

  /** Only TLS holds bytes of its own; of a plain socket the kernel has them. */
  private void flush() {
    try {
      if (socket.flush()) {
        socket.suspendWrites();
      } else {
        socket.resumeWrites();
      }
    } catch (IOException broken) {
      IoUtils.safeClose(connection);
    }
  }

  private void discard() {
    try {
      if (socket.read(loop.readBuffer()) < 0) {
        IoUtils.safeClose(connection);
      }
    } catch (IOException broken) {
      IoUtils.safeClose(connection);
    }
  }
}
