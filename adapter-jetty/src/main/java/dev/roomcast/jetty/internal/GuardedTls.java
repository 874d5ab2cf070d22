package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's TLS, where the guard counts what was decrypted. */
final class GuardedTls extends SslConnection {

  GuardedTls(Connector connector, SslContextFactory tls, EndPoint socket, SSLEngine engine) {
    super(
        connector.getByteBufferPool(),
        connector.getExecutor(),
        tls,
        socket,
        engine,
        /* useDirectBuffersForEncryption= */ true,
        /* useDirectBuffersForDecryption= */ true);
  }

  @Override
  protected SslEndPoint newSslEndPoint() {
    return new GuardedEndPoint();
  }

  /** What HTTP, and later the pipe, reads from and writes to. */
  final class GuardedEndPoint extends SslEndPoint {

    private LoopEndPoint socket() {
      return LoopEndPoint.below(this);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      return GuardedFill.fill(socket().guard(), buffer, super::fill);
    }

    /** As {@link #fill}, for the pipe that has taken the socket over. */
    int fillUnguarded(ByteBuffer buffer) throws IOException {
      return super.fill(buffer);
    }

    @Override
    protected void needsFillInterest() {
      if (!socket().guard().refused()) {
        super.needsFillInterest();
      }
    }
  }
}
