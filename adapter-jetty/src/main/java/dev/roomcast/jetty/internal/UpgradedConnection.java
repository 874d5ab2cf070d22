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
import org.jspecify.annotations.Nullable;

/**
 * What Jetty holds for a connection of an end point once it is upgraded. Jetty hands it over on
 * whatever thread ended the request; the pipe is made on the loop.
 */
final class UpgradedConnection extends AbstractConnection implements Connection.UpgradeTo {
  private final LoopEndPoint socket;

  /** Null once they are passed on. */
  private @Nullable Function<BytePipe, Optional<PipeListener>> opener;

  private @Nullable ByteBuffer early;

  UpgradedConnection(
      EndPoint endPoint,
      LoopEndPoint socket,
      Executor executor,
      Function<BytePipe, Optional<PipeListener>> opener) {
    super(endPoint, executor);
    this.socket = socket;
    this.opener = opener;
  }

  @Override
  public void onUpgradeTo(ByteBuffer read) {
    early = ByteBuffer.allocate(read.remaining()).put(read).flip();
  }

  @Override
  public void onOpen() {
    super.onOpen();
    if (!socket.loop().execute(this::open)) {
      close();
    }
  }

  private void open() {
    Function<BytePipe, Optional<PipeListener>> to = opener;
    ByteBuffer read = early;
    opener = null;
    early = null;
    if (to != null) {
      SocketPipe.open(socket, read, to);
    }
  }

  @Override
  public void onFillable() {
    // The pipe reads, and never asks Jetty to say when.
  }
}
