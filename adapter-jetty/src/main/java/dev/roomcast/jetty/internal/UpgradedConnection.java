package dev.roomcast.jetty.internal;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.wire.UpgradeGate;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
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
  private final UpgradeGate gate;

  /** Null once they are passed on. */
  private @Nullable Handshake handshake;

  private @Nullable ByteBuffer early;

  UpgradedConnection(
      EndPoint endPoint,
      LoopEndPoint socket,
      Executor executor,
      Handshake handshake,
      UpgradeGate gate) {
    super(endPoint, executor);
    this.socket = socket;
    this.handshake = handshake;
    this.gate = gate;
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
    Handshake request = handshake;
    ByteBuffer read = early;
    handshake = null;
    early = null;
    if (request != null) {
      SocketPipe.open(socket, read, pipe -> gate.open(pipe, request));
    }
  }

  @Override
  public void onFillable() {
    // The pipe reads, and never asks Jetty to say when.
  }
}
