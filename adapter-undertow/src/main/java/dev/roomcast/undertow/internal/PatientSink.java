package dev.roomcast.undertow.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Lies below TLS, which waits for the socket without a limit even where it is asked for one. A
 * thread that waits does not notice a close: now and then it has to try again.
 */
public final class PatientSink extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private final Duration patience;

  public PatientSink(StreamSinkConduit socket, Duration patience) {
    super(socket);
    this.patience = patience;
  }

  @Override
  public void awaitWritable() throws IOException {
    next.awaitWritable(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
