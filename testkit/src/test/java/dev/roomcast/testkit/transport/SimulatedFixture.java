package dev.roomcast.testkit.transport;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A simulated transport, and a server on it that writes down what it is told. */
abstract class SimulatedFixture {
  final Recorder server = new Recorder();
  VirtualTime time = VirtualTime.inOrder();
  SimulatedTransport transport = new SimulatedTransport(time, 1);

  @BeforeEach
  void start() {
    start(server);
  }

  void start(Acceptor acceptor) {
    transport.start(
        new TransportContext(TransportSettings.defaults(), acceptor, Observer.none(), time));
  }

  SimulatedClient open() {
    SimulatedClient client = transport.connect();
    time.runUntilIdle();
    server.events.clear();
    return client;
  }

  interface OnLoop {
    void run(Connection connection);
  }

  void onLoop(OnLoop task) {
    Connection connection = server.connection();
    connection.loop().execute(() -> task.run(connection));
    time.runUntilIdle();
  }

  PreparedMessage text(String text) {
    return transport.prepare(text.getBytes(StandardCharsets.UTF_8), true);
  }

  PreparedMessage kib(int size) {
    return transport.prepare(new byte[size * 1024], true);
  }

  /** A server that writes down what it is told. */
  final class Recorder implements Acceptor {
    final List<String> events = new ArrayList<>();
    Verdict verdict = Verdict.accept();
    boolean demandInside;
    boolean echoes;
    Connection last;
    Handshake request;
    ByteBuffer lent;
    long lost;

    Connection connection() {
      return last;
    }

    @Override
    public Verdict admit(Handshake request) {
      return verdict;
    }

    @Override
    public ConnectionListener opened(Connection connection, Handshake handshake) {
      last = connection;
      request = handshake;
      events.add("opened");
      if (echoes) {
        connection.demand(1);
      }
      return new ConnectionListener() {
        @Override
        public void onMessage(MessageKind kind, ByteBuffer payload) {
          lent = payload;
          byte[] copy = new byte[lent.remaining()];
          lent.duplicate().get(copy);
          events.add(new String(copy, StandardCharsets.UTF_8));
          if (demandInside || echoes) {
            connection.demand(1);
          }
          if (echoes) {
            connection.send(transport.prepare(copy, true), Flush.TURN_END);
          }
        }

        @Override
        public void onBackpressure(Backpressure level) {
          events.add(level.name());
        }

        @Override
        public void onClosing(CloseStatus status) {
          events.add("closing " + status.code());
        }

        @Override
        public void onClosed(CloseStatus status, long lostMessages) {
          events.add("closed " + status.code());
          lost = lostMessages;
        }
      };
    }
  }
}
