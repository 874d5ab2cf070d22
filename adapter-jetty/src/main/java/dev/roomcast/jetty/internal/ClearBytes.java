package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/** Straight on the socket. What it takes the kernel has. */
record ClearBytes(LoopEndPoint socket) implements SocketBytes {

  @Override
  public SelectionKey key() {
    return socket.key();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int read = socket.getChannel().read(into.clear());
    into.flip();
    return read;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return socket.getChannel().write(from);
  }

  @Override
  public boolean holds() {
    return false;
  }

  @Override
  public void flush() {}

  @Override
  public boolean readsAfterFlush() {
    return false;
  }

  @Override
  public boolean mayHoldInput() {
    return false;
  }

  @Override
  public void endOutput() throws IOException {
    socket.getChannel().shutdownOutput();
  }

  @Override
  public void close() {
    socket.close();
  }
}
