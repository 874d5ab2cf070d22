package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Through Jetty's TLS engine. What it takes it may hold, and what it has read it may hold too.
 * Confined to its loop.
 */
final class TlsBytes implements SocketBytes {
  private final GuardedTls.GuardedEndPoint tls;
  private final LoopEndPoint socket;
  private boolean outputEnds;

  TlsBytes(GuardedTls.GuardedEndPoint tls, LoopEndPoint socket) {
    this.tls = tls;
    this.socket = socket;
  }

  @Override
  public @Nullable SelectionKey key() {
    return null;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    BufferUtil.clear(into);
    return tls.fillUnguarded(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int before = from.remaining();
    boolean unused = tls.flush(from);
    return before - from.remaining();
  }

  @Override
  public boolean holds() {
    return socket.getWriteFlusher().isPending() || socket.congested();
  }

  @Override
  public void flush() throws IOException {
    if (socket.getWriteFlusher().isPending()) {
      // The end of the output, which Jetty writes by itself once we say that it can.
      socket.getWriteFlusher().completeWrite();
    } else if (socket.congested()) {
      boolean unused = tls.flush(BufferUtil.EMPTY_BUFFER);
    }
    closeSocketIfFlushed();
  }

  /**
   * Jetty tries once to write the close of TLS, and not at all while an earlier record is in its
   * way: without another try the peer would see a truncated stream (RFC 8446 section 6.1).
   */
  private void closeSocketIfFlushed() throws IOException {
    if (outputEnds && !holds() && !socket.isOutputShutdown()) {
      boolean unused = tls.flush(BufferUtil.EMPTY_BUFFER);
      if (!holds()) {
        socket.getChannel().shutdownOutput();
      }
    }
  }

  @Override
  public boolean readsAfterFlush() {
    return holds() && GuardedTls.owesAnswer(tls);
  }

  @Override
  public boolean mayHoldInput() {
    return true;
  }

  /** A close of TLS, then of the socket. */
  @Override
  public void endOutput() throws IOException {
    outputEnds = true;
    tls.shutdownOutput();
    closeSocketIfFlushed();
  }

  @Override
  public void close() {
    // Gives its buffers back, and closes the socket.
    tls.close();
    socket.close();
  }
}
