package dev.roomcast.undertow.internal;

import dev.roomcast.port.time.TimeSource;
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
 * Knows since when a socket has taken nothing of an answer that waits for it. A handler that has
 * nothing to write yet stalls nothing. Written to by one thread at a time, whichever answers; asked
 * by the loop.
 */
final class AnswerWatch extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private final TimeSource time;
  private final Duration patience;

  /** When the socket last took a byte; counts while {@link #waiting}, and so is written first. */
  private volatile long takenAtNanos;

  private volatile boolean waiting;

  /** TLS has taken bytes that the socket has not, since {@link #takenAtNanos}. */
  private volatile boolean held;

  AnswerWatch(StreamSinkConduit socket, TimeSource time, Duration patience) {
    super(socket);
    this.time = time;
    this.patience = patience;
  }

  /** The conduit that is watched, or the conduit itself if it is not. */
  static StreamSinkConduit unwrap(StreamSinkConduit conduit) {
    return conduit instanceof AnswerWatch watch ? watch.next : conduit;
  }

  /** Whether something has been waiting for all the patience, and the socket took no byte of it. */
  boolean stalled() {
    return (waiting || held) && time.nanoTime() - takenAtNanos >= patience.toNanos();
  }

  /** The answer is out, or given up. */
  void end() {
    waiting = false;
    held = false;
  }

  private void took(long bytes, boolean all) {
    if (all) {
      waiting = false;
    } else if (bytes > 0 || !waiting) {
      takenAtNanos = time.nanoTime();
      waiting = true;
    }
  }

  @Override
  public boolean flush() throws IOException {
    boolean flushed = next.flush();
    if (!flushed && !held && !waiting) {
      takenAtNanos = time.nanoTime();
    }
    held = !flushed;
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
    took(bytes, !source.hasRemaining());
    return bytes;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long bytes = next.write(sources, offset, length);
    took(bytes, !Buffers.hasRemaining(sources, offset, length));
    return bytes;
  }

  @Override
  public int writeFinal(ByteBuffer source) throws IOException {
    int bytes = next.writeFinal(source);
    took(bytes, !source.hasRemaining());
    return bytes;
  }

  @Override
  public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
    long bytes = next.writeFinal(sources, offset, length);
    took(bytes, !Buffers.hasRemaining(sources, offset, length));
    return bytes;
  }

  @Override
  public long transferFrom(FileChannel source, long position, long count) throws IOException {
    long bytes = next.transferFrom(source, position, count);
    // Fewer may also be the file's end.
    took(bytes, bytes == count || position + bytes >= source.size());
    return bytes;
  }

  @Override
  public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer)
      throws IOException {
    long bytes = next.transferFrom(source, count, throughBuffer);
    // What the socket did not take is left in the buffer.
    took(bytes, !throughBuffer.hasRemaining());
    return bytes;
  }
}
