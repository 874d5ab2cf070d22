package dev.roomcast.wire;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.wire.internal.FramedMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A connection between a fake pipe and a recording listener, and the loop beneath. */
final class Peer implements ConnectionListener {
  final FakeLoop loop;
  final FakePipe pipe;
  final LoopWorld world;
  final List<String> received = new ArrayList<>();
  final List<Backpressure> levels = new ArrayList<>();

  /** What onClosing said, and what onClosed said. */
  final List<CloseStatus> closing = new ArrayList<>();

  final List<CloseStatus> closed = new ArrayList<>();
  long lost;
  final Connection connection;

  Consumer<String> onMessage = message -> {};
  Consumer<Backpressure> onLevel = level -> {};
  Consumer<CloseStatus> onClosing = status -> {};
  Consumer<CloseStatus> onClosed = status -> {};

  private final Door door;
  private final boolean compresses;
  private boolean inMethod;

  /** Kept, since the connection takes what its listener throws. */
  private @Nullable AssertionError fault;

  /** The acceptor of a world, which hands each connection to the peer that opens it. */
  private static final class Door implements Acceptor {
    @Nullable Peer opening;
    @Nullable Connection opened;
    @Nullable RuntimeException failure;

    @Override
    public Verdict admit(Handshake request) {
      return Verdict.accept();
    }

    @Override
    public ConnectionListener opened(Connection connection, Handshake handshake) {
      opened = connection;
      if (failure != null) {
        throw failure;
      }
      return opening;
    }
  }

  Peer() {
    this(UnaryOperator.identity());
  }

  /** Where the settings have compression on, the peer has agreed to it. */
  Peer(UnaryOperator<TransportSettings> change) {
    TransportSettings settings = change.apply(TransportSettings.defaults());
    loop = new FakeLoop();
    door = new Door();
    compresses = settings.compression().on();
    world = new LoopWorld(loop, new TransportContext(settings, door, Observer.none(), loop));
    pipe = new FakePipe(loop);
    connection = open();
  }

  /** One more connection on the loop of another. */
  Peer(Peer other) {
    this(other, other.compresses);
  }

  /** The same, of a client that did or did not agree to compression. */
  Peer(Peer other, boolean compresses) {
    loop = other.loop;
    door = other.door;
    world = other.world;
    this.compresses = compresses;
    pipe = new FakePipe(loop);
    connection = open();
  }

  /** One that the acceptor fails to open. */
  Peer(Peer other, RuntimeException failure) {
    loop = other.loop;
    door = other.door;
    world = other.world;
    pipe = new FakePipe(loop);
    compresses = false;
    door.failure = failure;
    connection = open();
    door.failure = null;
  }

  private Connection open() {
    door.opening = this;
    pipe.listener =
        world.open(
            pipe,
            new Handshake(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                "/ws",
                Map.of(),
                Map.of(),
                null),
            compresses);
    return door.opened;
  }

  @Override
  public void onMessage(MessageKind kind, ByteBuffer payload) {
    expect(closing.isEmpty(), "a message after onClosing");
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    received.add(text);
    onMessage.accept(text);
  }

  @Override
  public void onBackpressure(Backpressure level) {
    expect(closing.isEmpty(), "a level after onClosing");
    levels.add(level);
    onLevel.accept(level);
  }

  @Override
  public void onClosing(CloseStatus status) {
    expect(closing.isEmpty(), "onClosing twice");
    closing.add(status);
    onClosing.accept(status);
  }

  @Override
  public void onClosed(CloseStatus status, long lostMessages) {
    expect(true, "");
    closed.add(status);
    lost = lostMessages;
    onClosed.accept(status);
  }

  private void expect(boolean holds, String otherwise) {
    if (inMethod) {
      fault = new AssertionError("called from inside a method of the connection (C02)");
    } else if (!closed.isEmpty()) {
      fault = new AssertionError("called after onClosed");
    } else if (!holds) {
      fault = new AssertionError(otherwise);
    }
  }

  private Peer checked() {
    if (fault != null) {
      throw fault;
    }
    return this;
  }

  /** Calls methods of the connection; whoever calls the listener meanwhile breaks C02. */
  Peer call(Consumer<Connection> calls) {
    inMethod = true;
    try {
      calls.accept(connection);
    } finally {
      inMethod = false;
    }
    return checked();
  }

  Peer demand(int messages) {
    return call(c -> c.demand(messages));
  }

  Peer send(String text) {
    FramedMessage framed = FramedMessage.text(ClientFrames.utf8(text), true);
    return call(c -> c.send(framed, Flush.TURN_END));
  }

  Peer receive(byte[]... frames) {
    pipe.receive(ClientFrames.join(frames));
    loop.settle();
    return checked();
  }

  Peer advance(Duration duration) {
    loop.advance(duration);
    return checked();
  }

  /** The frames that were written since the last call, readable. */
  List<String> written() {
    loop.settle();
    checked();
    return ServerFrames.describe(pipe.take());
  }
}
