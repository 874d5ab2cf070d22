package dev.roomcast.undertow.internal;

import dev.roomcast.wire.http.RequestGuard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.Buffers;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Tells the guard what the socket takes of an answer. Written to by one thread at a time, whichever
 * answers.
 */
final class GuardedSink extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private final RequestGuard guard;
  private final Duration patience;

  GuardedSink(StreamSinkConduit socket, RequestGuard guard, Duration patience) {
    super(socket);
    this.guard = guard;
    this.patience = patience;
  }

  /** The conduit that is guarded, or the conduit itself if it is not. */
  static StreamSinkConduit unwrap(StreamSinkConduit conduit) {
    return conduit instanceof GuardedSink guarded ? guarded.next : conduit;
  }

  @Override
  public boolean flush() throws IOException {
    boolean flushed = next.flush();
    guard.holds(!flushed);
    return flushed;
  }

  /** A thread that waits here does not notice a close: now and then it has to try again. */
  @Override
  public void awaitWritable() throws IOException {
    next.awaitWritable(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int bytes = next.write(source);
    guard.wrote(bytes, !source.hasRemaining());
    return bytes;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long bytes = next.write(sources, offset, length);
    guard.wrote(bytes, !Buffers.hasRemaining(sources, offset, length));
    return bytes;
  }

  @Override
  public int writeFinal(ByteBuffer source) throws IOException {
    int bytes = next.writeFinal(source);
    guard.wrote(bytes, !source.hasRemaining());
    return bytes;
  }

  @Override
  public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
    long bytes = next.writeFinal(sources, offset, length);
    guard.wrote(bytes, !Buffers.hasRemaining(sources, offset, length));
    return bytes;
  }

  @Override
  public long transferFrom(FileChannel source, long position, long count) throws IOException {
    long bytes = next.transferFrom(source, position, count);
    // Fewer may also be the file's end.
    guard.wrote(bytes, bytes == count || position + bytes >= source.size());
    return bytes;
  }

  @Override
  public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer)
      throws IOException {
    long bytes = next.transferFrom(source, count, throughBuffer);
    // What the socket did not take is left in the buffer.
    guard.wrote(bytes, !throughBuffer.hasRemaining());
    return bytes;
  }
}
