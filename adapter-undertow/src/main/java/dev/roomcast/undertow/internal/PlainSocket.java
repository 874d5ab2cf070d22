package dev.roomcast.undertow.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;

/** A socket in the clear: what it does not read or take is the selector's to remember. */
final class PlainSocket implements PipeSocket {
  private final ConduitStreamSourceChannel source;
  private final ConduitStreamSinkChannel sink;

  /** What is below the sink; asked directly where each delivery passes. */
  private final StreamSinkConduit conduit;

  PlainSocket(StreamConnection connection) {
    source = connection.getSourceChannel();
    sink = connection.getSinkChannel();
    conduit = sink.getConduit();
    source.suspendReads();
    sink.suspendWrites();
  }

  @Override
  public @Nullable SelectionKey key() {
    return SocketKeys.of(conduit);
  }

  @Override
  public void listen(Runnable readable, Runnable writable) {
    source.setReadListener(ready -> readable.run());
    sink.setWriteListener(ready -> writable.run());
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return source.read(into);
  }

  @Override
  public int write(ByteBuffer direct) throws IOException {
    return conduit.write(direct);
  }

  @Override
  public boolean flush() throws IOException {
    return conduit.flush();
  }

  @Override
  public void shutdownWrites() throws IOException {
    sink.shutdownWrites();
  }

  @Override
  public void resumeReads() {
    // Where bytes came together with the request, this also wakes the reader once for them.
    source.resumeReads();
  }

  @Override
  public void suspendReads() {
    source.suspendReads();
  }

  @Override
  public void resumeWrites() {
    sink.resumeWrites();
  }

  @Override
  public void suspendWrites() {
    sink.suspendWrites();
  }
}
