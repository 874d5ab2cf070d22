package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/**
 * What an end point of Jetty does not tell, and the socket below it does. Confined to its pipe's
 * loop.
 *
 * @param socket null where it is no connection's own, as below a stream of HTTP/2
 */
record EndPointBytes(EndPoint endPoint, @Nullable SocketChannel socket) {

  /** Looks for the socket, whatever lies between. */
  static EndPointBytes of(EndPoint endPoint) {
    EndPoint inner = endPoint;
    while (inner instanceof EndPoint.Wrapper wrapper) {
      inner = wrapper.unwrap();
    }
    return new EndPointBytes(
        endPoint, inner instanceof SocketChannelEndPoint lowest ? lowest.getChannel() : null);
  }

  /**
   * As {@code EndPoint.fill}, but a socket that broke, which Jetty takes for one that ended, is
   * told as such.
   */
  int fill(ByteBuffer buffer) throws IOException {
    if (socket == null) {
      return endPoint.fill(buffer);
    }
    if (endPoint instanceof SocketChannelEndPoint) {
      int read = socket.read(buffer.clear());
      buffer.flip();
      return read;
    }
    int read = endPoint.fill(buffer);
    if (read < 0 && socket.isOpen()) {
      // It throws again what it has thrown to Jetty.
      int unused = socket.read(ByteBuffer.allocate(1));
    }
    return read;
  }

  /**
   * Whether TLS reads no further before an answer of its own has left. Of what it has read already
   * Jetty would say again and again that it is there.
   */
  boolean answersFirst() {
    return endPoint instanceof SslConnection.SslEndPoint tls && GuardedTls.owesAnswer(tls);
  }

  /** With RST instead of FIN where the socket is this connection's own. */
  void resetOnClose() {
    if (socket != null) {
      try {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException gone) {
        // It is closed already.
      }
    }
  }
}
