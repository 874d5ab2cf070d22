package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's TLS, where the guard counts what was decrypted. */
final class GuardedTls extends SslConnection {

  GuardedTls(
      ByteBufferPool buffers,
      Executor executor,
      SslContextFactory factory,
      EndPoint socket,
      SSLEngine engine) {
    super(buffers, executor, factory, socket, engine, /* direct buffers */ true, true);
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
