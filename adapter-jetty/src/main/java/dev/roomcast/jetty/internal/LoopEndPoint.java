package dev.roomcast.jetty.internal;

import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.wire.PipeListener;
import dev.roomcast.wire.http.RequestGuard;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A socket on one of our selectors. Jetty's own until a pipe takes it over, guarded; from then on
 * the pipe owns its selection key, and nothing of Jetty reads, writes or asks for readiness.
 */
final class LoopEndPoint extends SocketChannelEndPoint implements RequestGuard.Guarded {
  private final JettyLoop loop;
  private final RequestGuard guard;

  /** TLS is between this and HTTP, and has what the guard counts. */
  private final boolean secure;

  /** Replaced by Jetty if it has to make a new selector. */
  private volatile SelectionKey key;

  /** Written once, on the loop. */
  private volatile @Nullable SocketPipe pipe;

  private volatile boolean congested;

  LoopEndPoint(
      SocketChannel channel,
      LoopSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      TransportContext context,
      boolean secure) {
    super(channel, selector, key, scheduler);
    this.key = key;
    this.secure = secure;
    loop = selector.loop();
    guard = new RequestGuard(this, loop, context);
    // Silence is the guard's matter, then the wire's.
    setIdleTimeout(0);
    guard.start();
  }

  /** The socket of a connection's end point, whatever lies between. */
  static LoopEndPoint below(EndPoint endPoint) {
    EndPoint inner = endPoint;
    while (inner instanceof EndPoint.Wrapper wrapper) {
      inner = wrapper.unwrap();
    }
    return (LoopEndPoint) inner;
  }

  JettyLoop loop() {
    return loop;
  }

  RequestGuard guard() {
    return guard;
  }

  /** How a pipe reads and writes: through TLS where Jetty has it on this socket. On the loop. */
  SocketBytes bytes() {
    return getConnection() instanceof GuardedTls tls
        ? new TlsBytes((GuardedTls.GuardedEndPoint) tls.getSslEndPoint(), this)
        : new ClearBytes(this);
  }

  /** With the loop's selector; another one after Jetty has replaced that. */
  SelectionKey key() {
    return key;
  }

  /** Whether the socket did not take all of the last {@link #flush}. On the loop. */
  boolean congested() {
    return congested;
  }

  /** From now on the pipe alone is told of readiness. On the loop. */
  void passTo(SocketPipe next) {
    pipe = next;
    interest(0);
    if (!isOpen()) {
      // It was closed before there was a pipe to tell.
      next.ended();
    }
  }

  /** Which operations the pipe waits for. On the loop. */
  void interest(int operations) {
    try {
      key.interestOps(operations);
    } catch (CancelledKeyException closed) {
      // Its end is on the way.
    }
  }

  /** What the last select has found. On the loop. */
  int readyOperations() {
    try {
      return key.readyOps();
    } catch (CancelledKeyException closed) {
      return 0;
    }
  }

  /** With RST instead of FIN. */
  void resetOnClose() {
    try {
      getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException gone) {
      // It is closed already.
    }
  }

  // ---- what Jetty's selector says

  @Override
  public @Nullable Runnable onSelected() {
    SocketPipe to = pipe;
    if (to == null) {
      return super.onSelected();
    }
    loop.turns().ready(to);
    return null;
  }

  @Override
  public void updateKey() {
    if (pipe == null) {
      super.updateKey();
    }
  }

  @Override
  public void replaceKey(SelectionKey newKey) {
    super.replaceKey(newKey);
    key = newKey;
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    SocketPipe to = pipe;
    if (to != null) {
      to.ended();
    }
  }

  // ---- HTTP before there is a pipe, and TLS on this socket for ever

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (pipe != null) {
      return fillForPipe(buffer);
    }
    return secure ? super.fill(buffer) : GuardedFill.fill(guard, buffer, super::fill);
  }

  /** Jetty's own takes a connection that broke for one that ended. */
  private int fillForPipe(ByteBuffer buffer) throws IOException {
    int position = BufferUtil.flipToFill(buffer);
    try {
      return getChannel().read(buffer);
    } finally {
      BufferUtil.flipToFlush(buffer, position);
    }
  }

  @Override
  protected void needsFillInterest() {
    if (secure || !guard.refused()) {
      super.needsFillInterest();
    }
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    long before = remaining(buffers);
    boolean all = super.flush(buffers);
    congested = !all;
    guard.wrote(before - remaining(buffers), all);
    return all;
  }

  private static long remaining(ByteBuffer... buffers) {
    long bytes = 0;
    for (ByteBuffer buffer : buffers) {
      bytes += buffer.remaining();
    }
    return bytes;
  }

  // ---- what the guard decides

  @Override
  public void abort() {
    resetOnClose();
    close();
  }

  @Override
  public void refuse(ByteBuffer answer) {
    SocketPipe.open(
        this,
        /* early= */ null,
        refusing -> {
          try {
            // A fresh socket takes it whole; one that does not belongs to a peer that does not
            // read.
            int unused = refusing.write(answer);
            refusing.closeAfterFlush();
          } catch (IOException broken) {
            refusing.abort();
          }
          return Optional.of(NOBODY);
        });
  }

  /** Nobody is told of a connection that was refused. */
  private static final PipeListener NOBODY =
      new PipeListener() {
        @Override
        public void onBytes(ByteBuffer borrowed) {}

        @Override
        public void onEnd() {}

        @Override
        public void onWritable() {}

        @Override
        public void onClosed(@Nullable Throwable cause) {}
      };
}
