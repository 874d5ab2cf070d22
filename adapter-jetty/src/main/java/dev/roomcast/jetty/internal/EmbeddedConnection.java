package dev.roomcast.jetty.internal;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * What a Jetty that is not ours holds for an upgraded connection: passes its events on to a pipe on
 * a loop of ours. Called on Jetty's threads.
 */
final class EmbeddedConnection extends AbstractConnection
    implements Connection.UpgradeTo, Invocable {
  private final JettyLoop loop;
  private final Function<BytePipe, Optional<PipeListener>> opener;

  // Written before the pipe is opened, read by that.
  private @Nullable ByteBuffer early;

  /** Written on the loop. */
  private volatile @Nullable EndPointPipe pipe;

  private volatile boolean closed;

  EmbeddedConnection(
      EndPoint endPoint,
      JettyLoop loop,
      Executor executor,
      Function<BytePipe, Optional<PipeListener>> opener) {
    super(endPoint, executor);
    this.loop = loop;
    this.opener = opener;
  }

  /** Only ever passes something on to the loop. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public void onUpgradeTo(ByteBuffer read) {
    early = ByteBuffer.allocate(read.remaining()).put(read).flip();
  }

  @Override
  public void onOpen() {
    super.onOpen();
    // Silence is the wire's matter from now on.
    getEndPoint().setIdleTimeout(0);
    if (!loop.execute(this::open)) {
      close();
    }
  }

  private void open() {
    EndPointPipe opened =
        EndPointPipe.open(getEndPoint(), loop, early, this::fillInterested, opener);
    early = null;
    pipe = opened;
    if (closed) {
      // There was no pipe to tell.
      opened.ended();
    }
  }

  @Override
  public void onFillable() {
    EndPointPipe to = pipe;
    if (to != null) {
      to.inputComes();
    }
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    EndPointPipe to = pipe;
    if (to != null) {
      to.inputFails(cause);
    }
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    closed = true;
    EndPointPipe to = pipe;
    if (to != null) {
      to.ended();
    }
  }
}
