package dev.roomcast.undertow.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Takes everything at once, as TLS does, and hands it on only by the second flush. Confined to the
 * loop.
 */
final class HoldingConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private ByteBuffer held = ByteBuffer.allocate(0);
  private int flushes;
  private boolean terminated;

  HoldingConduit(StreamSinkConduit socket) {
    super(socket);
  }

  @Override
  public int write(ByteBuffer source) {
    int taken = source.remaining();
    held = ByteBuffer.allocate(held.remaining() + taken).put(held).put(source).flip();
    flushes = 0;
    return taken;
  }

  @Override
  public boolean flush() throws IOException {
    if (flushes++ == 0) {
      return false;
    }
    next.write(held);
    if (terminated) {
      next.terminateWrites();
    }
    return next.flush();
  }

  @Override
  public void terminateWrites() {
    terminated = true;
    flushes = 0;
  }
}
