package dev.roomcast.server.echo;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * One connection that sends everything back. It asks for the next message only while what it sent
 * is being read, so that a client that does not read fills its own buffers and not ours. Confined
 * to the connection's loop, except {@link #close} and {@link #gone}.
 */
final class Echo implements ConnectionListener {
  private static final CloseStatus SLOW = new CloseStatus(4005, "Slow consumer");

  private final BinaryTransport transport;
  private final Connection connection;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private Backpressure level = Backpressure.CLEAR;

  /** Whether a message may come. */
  private boolean demanded = true;

  Echo(BinaryTransport transport, Connection connection) {
    this.transport = transport;
    this.connection = connection;
    connection.demand(1);
  }

  @Override
  public void onMessage(MessageKind kind, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    PreparedMessage same =
        switch (kind) {
          case TEXT -> transport.prepare(bytes, /* compressible= */ true);
          case BINARY -> transport.prepareBinary(bytes, /* compressible= */ true);
        };
    connection.send(same, Flush.TURN_END);
    demanded = false;
    demandNext();
  }

  @Override
  public void onBackpressure(Backpressure now) {
    level = now;
    if (now == Backpressure.STALLED) {
      // Nothing is read from it meanwhile, so nothing else would notice that it is gone.
      connection.close(SLOW, Pending.DISCARD);
    } else {
      demandNext();
    }
  }

  private void demandNext() {
    if (!demanded && level == Backpressure.CLEAR) {
      demanded = true;
      connection.demand(1);
    }
  }

  @Override
  public void onClosing(CloseStatus status) {}

  @Override
  public void onClosed(CloseStatus status, long lostMessages) {
    gone.complete(null);
  }

  /** Closes after what is queued. Any thread. */
  CompletableFuture<Void> close(CloseStatus status) {
    boolean unused = connection.loop().execute(() -> connection.close(status, Pending.FLUSH));
    return gone;
  }

  /** Completes when the connection is gone. Any thread. */
  CompletableFuture<Void> gone() {
    return gone;
  }
}
