package dev.roomcast.undertow.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A socket through TLS that is closed without a word: the JDK's own waits for one from the server.
 */
final class TlsClient extends Socket {
  final Socket below;
  final SSLSocket tls;

  /** Shakes hands, too. */
  TlsClient(SSLContext context, Socket below) throws IOException {
    this.below = below;
    tls =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(below, "localhost", below.getPort(), /* autoClose= */ true);
    tls.startHandshake();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return tls.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return tls.getOutputStream();
  }

  @Override
  public void shutdownOutput() throws IOException {
    tls.shutdownOutput();
  }

  @Override
  public boolean isConnected() {
    return tls.isConnected();
  }

  @Override
  public void setSoLinger(boolean on, int seconds) throws SocketException {
    below.setSoLinger(on, seconds);
  }

  @Override
  public void close() throws IOException {
    below.close();
  }
}
