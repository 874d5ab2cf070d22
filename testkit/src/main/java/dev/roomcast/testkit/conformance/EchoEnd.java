package dev.roomcast.testkit.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * The core's end of a connection: sends every message back, and remembers how it ended. Demands one
 * message at a time, so that credit runs out in the middle of each burst. Called on the loop; asked
 * by any thread.
 */
public final class EchoEnd implements ConnectionListener {
  private final Transport transport;
  private final Connection connection;
  private final AtomicLong messages = new AtomicLong();
  private final CompletableFuture<CloseStatus> closed = new CompletableFuture<>();

  /** On the connection's loop, in {@link dev.roomcast.port.transport.Acceptor#opened}. */
  public EchoEnd(Transport transport, Connection connection) {
    this.transport = transport;
    this.connection = connection;
    connection.demand(1);
  }

  @Override
  public void onMessage(MessageKind kind, ByteBuffer payload) {
    messages.incrementAndGet();
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    connection.send(echo(kind, bytes), Flush.TURN_END);
    connection.demand(1);
  }

  private PreparedMessage echo(MessageKind kind, byte[] bytes) {
    return switch (kind) {
      case TEXT -> transport.prepare(bytes, /* compressible= */ true);
      case BINARY ->
          transport instanceof BinaryTransport both
              ? both.prepareBinary(bytes, /* compressible= */ true)
              : transport.prepare(textFor(bytes), /* compressible= */ true);
    };
  }

  /** What a binary message becomes on its way back by a transport that sends texts only. */
  static byte[] textFor(byte[] binary) {
    CRC32C sum = new CRC32C();
    sum.update(binary);
    return "binary, %d bytes, CRC-32C %08x"
        .formatted(binary.length, sum.getValue())
        .getBytes(US_ASCII);
  }

  @Override
  public void onBackpressure(Backpressure level) {}

  @Override
  public void onClosing(CloseStatus status) {}

  @Override
  public void onClosed(CloseStatus status, long lostMessages) {
    closed.complete(status);
  }

  /** How many messages have come. */
  long messages() {
    return messages.get();
  }

  /** Completes when the connection is gone. */
  public CompletableFuture<CloseStatus> closed() {
    return closed;
  }
}
