package dev.roomcast.undertow.internal;

import java.io.IOException;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Ends a connection so that what was written arrives: says that no more comes, then reads and
 * discards until the peer has closed too. Closing a socket with unread input makes TCP send RST,
 * which destroys what the peer has not read yet (RFC 1122 section 4.2.2.13). Confined to the loop.
 */
final class LingeringClose {

  private final StreamConnection connection;
  private final XnioLoop loop;

  private LingeringClose(StreamConnection connection, XnioLoop loop) {
    this.connection = connection;
    this.loop = loop;
  }

  /**
   * Takes the connection over; its close listener tells the end. Who calls this has a time-out of
   * its own, after which it closes the connection.
   */
  static void begin(StreamConnection connection, XnioLoop loop) {
    LingeringClose closing = new LingeringClose(connection, loop);
    connection.getSinkChannel().setWriteListener(closing::flush);
    connection.getSourceChannel().setReadListener(closing::discard);
    try {
      connection.getSinkChannel().shutdownWrites();
      closing.flush(connection.getSinkChannel());
      connection.getSourceChannel().resumeReads();
    } catch (IOException broken) {
      IoUtils.safeClose(connection);
    }
  }

  /** Only TLS holds bytes of its own; of a plain socket the kernel has them. */
  private void flush(ConduitStreamSinkChannel sink) {
    try {
      if (sink.flush()) {
        sink.suspendWrites();
      } else {
        sink.resumeWrites();
      }
    } catch (IOException broken) {
      IoUtils.safeClose(connection);
    }
  }

  private void discard(ConduitStreamSourceChannel source) {
    try {
      if (source.read(loop.readBuffer()) < 0) {
        IoUtils.safeClose(connection);
      }
    } catch (IOException broken) {
      IoUtils.safeClose(connection);
    }
  }
}
