package dev.roomcast.undertow.internal;

import dev.roomcast.wire.http.RequestGuard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Lies below TLS, which waits for the socket without a limit even where it is asked for one. A
 * thread that waits does not notice a close: now and then it has to try again. And it alone sees
 * that the socket takes a part of a record.
 */
public final class PatientSink extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private final Duration patience;

  /** Null until the connection is guarded, before anything is written. */
  private volatile @Nullable RequestGuard guard;

  public PatientSink(StreamSinkConduit socket, Duration patience) {
    super(socket);
    this.patience = patience;
  }

  /** Whom to tell of what the socket takes. */
  void tells(RequestGuard guarding) {
    guard = guarding;
  }

  /** The only way TLS writes by. */
  @Override
  public int write(ByteBuffer source) throws IOException {
    int bytes = next.write(source);
    RequestGuard told = guard;
    if (bytes > 0 && told != null) {
      told.tookSomeHeld();
    }
    return bytes;
  }

  @Override
  public void awaitWritable() throws IOException {
    next.awaitWritable(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
