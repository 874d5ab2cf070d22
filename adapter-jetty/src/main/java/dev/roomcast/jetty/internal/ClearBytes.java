package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Straight on the socket. What it takes the kernel has. */
record ClearBytes(SocketChannel channel) implements SocketBytes {

  @Override
  public int read(ByteBuffer into) throws IOException {
    int read = channel.read(into.clear());
    into.flip();
    return read;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return channel.write(from);
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public boolean mayHoldInput() {
    return false;
  }

  @Override
  public void endOutput() throws IOException {
    channel.shutdownOutput();
  }
}
