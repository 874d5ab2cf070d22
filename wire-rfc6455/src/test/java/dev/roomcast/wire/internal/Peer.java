package dev.roomcast.wire.internal;

import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.InboundMessage;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A connection between a fake pipe and a recording listener, and the loop beneath. */
final class Peer implements ConnectionListener {
  final FakeLoop loop;
  final FakePipe pipe;
  final LoopWorld world;
  final CountingObserver counts = new CountingObserver();
  final List<String> received = new ArrayList<>();
  final List<Backpressure> levels = new ArrayList<>();
  final List<CloseStatus> closed = new ArrayList<>();
  final Connection connection;

  Consumer<String> onMessage = message -> {};
  Consumer<Backpressure> onLevel = level -> {};
  Consumer<CloseStatus> onClosed = status -> {};
  private boolean inMethod;

  Peer() {
    this(UnaryOperator.identity());
  }

  Peer(UnaryOperator<TransportSettings> settings) {
    loop = new FakeLoop();
    world = new LoopWorld(loop, settings.apply(TransportSettings.defaults()), loop, counts);
    pipe = new FakePipe(loop);
    connection = open(pipe);
  }

  /** One more connection on the loop of another. */
  Peer(Peer other) {
    loop = other.loop;
    world = other.world;
    pipe = new FakePipe(loop);
    connection = open(pipe);
  }

  private Connection open(FakePipe with) {
    Connection[] opened = new Connection[1];
    with.listener =
        world.open(
            with,
            new Handshake(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                "/ws",
                Map.of(),
                Map.of(),
                null),
            new Acceptor() {
              @Override
              public Verdict admit(Handshake request) {
                return Verdict.accept();
              }

              @Override
              public ConnectionListener opened(Connection connection) {
                opened[0] = connection;
                return Peer.this;
              }
            });
    return opened[0];
  }

  @Override
  public void onMessage(InboundMessage message) {
    outsideMethods();
    byte[] bytes = new byte[message.payload().remaining()];
    message.payload().get(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    received.add(text);
    onMessage.accept(text);
  }

  @Override
  public void onBackpressure(Backpressure level) {
    outsideMethods();
    levels.add(level);
    onLevel.accept(level);
  }

  @Override
  public void onClosed(CloseStatus status) {
    outsideMethods();
    closed.add(status);
    onClosed.accept(status);
  }

  private void outsideMethods() {
    if (inMethod) {
      throw new AssertionError("called from inside a method of the connection (C02)");
    }
    if (!closed.isEmpty()) {
      throw new AssertionError("called after onClosed");
    }
  }

  /** Calls methods of the connection; whoever calls the listener meanwhile breaks C02. */
  Peer call(Consumer<Connection> calls) {
    inMethod = true;
    try {
      calls.accept(connection);
    } finally {
      inMethod = false;
    }
    return this;
  }

  Peer demand(int messages) {
    return call(c -> c.demand(messages));
  }

  Peer send(String text) {
    FramedText framed = FramedText.of(ClientFrames.utf8(text));
    return call(c -> c.send(framed, Flush.TURN_END));
  }

  Peer receive(byte[]... frames) {
    pipe.receive(ClientFrames.join(frames));
    loop.settle();
    return this;
  }

  Peer advance(Duration duration) {
    loop.advance(duration);
    return this;
  }

  /** The frames that were written since the last call, readable. */
  List<String> written() {
    loop.settle();
    return ServerFrames.describe(pipe.take());
  }

  long dropped() {
    return counts.sum(Signal.MESSAGE_DROPPED_CLOSED);
  }
}
