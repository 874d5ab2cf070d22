package dev.roomcast.undertow;

import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.Verdict;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Sends every message back, and keeps what it was told. Thread-safe. */
final class Echo implements Acceptor {
  final Transport transport;
  final CountingObserver counted = new CountingObserver();
  final Queue<Handshake> asked = new ConcurrentLinkedQueue<>();
  final Queue<Connection> opened = new ConcurrentLinkedQueue<>();
  final Queue<CloseStatus> closed = new ConcurrentLinkedQueue<>();
  final Queue<Boolean> openedOnLoop = new ConcurrentLinkedQueue<>();
  final Queue<Backpressure> levels = new ConcurrentLinkedQueue<>();
  volatile Function<Handshake, Verdict> verdict = handshake -> Verdict.accept();

  Echo(Transport transport) {
    this.transport = transport;
  }

  @Override
  public Verdict admit(Handshake request) {
    asked.add(request);
    return verdict.apply(request);
  }

  @Override
  public ConnectionListener opened(Connection connection, Handshake handshake) {
    openedOnLoop.add(connection.loop().inLoop());
    opened.add(connection);
    connection.demand(1);
    return new ConnectionListener() {
      @Override
      public void onMessage(MessageKind kind, ByteBuffer payload) {
        byte[] text = new byte[payload.remaining()];
        payload.get(text);
        connection.send(transport.prepare(text, /* compressible= */ true), Flush.TURN_END);
        connection.demand(1);
      }

      @Override
      public void onBackpressure(Backpressure level) {
        levels.add(level);
      }

      @Override
      public void onClosing(CloseStatus status) {}

      @Override
      public void onClosed(CloseStatus status, long lostMessages) {
        closed.add(status);
      }
    };
  }
}
