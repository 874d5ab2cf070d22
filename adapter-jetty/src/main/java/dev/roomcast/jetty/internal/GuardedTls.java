package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's TLS, where the guard counts what was decrypted. */
final class GuardedTls extends SslConnection {
  /** A try costs microseconds, and a peer that reads again does not notice the delay. */
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  GuardedTls(
      ByteBufferPool buffers,
      Executor executor,
      SslContextFactory factory,
      EndPoint socket,
      SSLEngine engine) {
    super(buffers, executor, factory, socket, engine, /* direct buffers */ true, true);
  }

  /** Whether TLS reads no further before an answer of its own has left. */
  static boolean owesAnswer(SslEndPoint tls) {
    return tls.getSslConnection().getSSLEngine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
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

    /**
     * TLS reads no further before an answer of its own has left, such as one to new keys (RFC 8446
     * section 4.6.3). Where Jetty holds more input meanwhile it would try that again at once, as
     * long as the peer reads nothing. No write of Jetty's waits for the room that it takes, so it
     * is tried at intervals, until the guard's patience ends.
     */
    @Override
    protected void needsFillInterest() {
      if (answersFirst()) {
        socket().loop().after(BETWEEN_TRIES, this::fillOn);
      } else {
        fillOn();
      }
    }

    private void fillOn() {
      if (!socket().guard().refused()) {
        super.needsFillInterest();
      }
    }

    /** Whether nothing can be read before the socket takes what TLS has to say. */
    private boolean answersFirst() {
      return socket().congested() && owesAnswer(this);
    }
  }
}
